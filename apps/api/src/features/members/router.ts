import { memberView } from "@vitrine/core/model/organization";
import { page, pageInput } from "@vitrine/core/model/paging";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { listMembers } from "./queries.ts";

export const membersRouter = router({
  /** The people of the organization, in the order in which they joined. */
  list: organizationProcedure("members.view")
    .input(pageInput)
    .output(page(memberView))
    .query(({ ctx, input }) => listMembers(ctx.services.database, ctx.scope, input)),
});
