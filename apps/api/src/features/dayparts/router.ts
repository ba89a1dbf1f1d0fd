import { usedBy } from "@vitrine/core/model/asset";
import {
  createDaypartInput,
  daypartPage,
  daypartView,
  listDaypartsInput,
  removeDaypartsInput,
  updateDaypartInput,
} from "@vitrine/core/model/daypart";
import { id } from "@vitrine/core/model/ids";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure, wholeOrganizationProcedure } from "../../trpc/procedures.ts";
import { removeThings, restoreThings } from "../removal.ts";
import { getUsedBy } from "../used-by.ts";
import { getDaypart, listDayparts } from "./queries.ts";
import { createDaypart, duplicateDaypart, updateDaypart } from "./write-dayparts.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const daypartsRouter = router({
  /** Dayparts by name, a page at a time. */
  list: organizationProcedure("schedule.view")
    .input(listDaypartsInput)
    .output(daypartPage)
    .query(({ ctx, input }) => listDayparts(readerOf(ctx), input)),
  /** Makes one. Errors: NAME_TAKEN, TOO_MANY. */
  create: wholeOrganizationProcedure("schedule.create")
    .input(createDaypartInput)
    .output(daypartView)
    .mutation(async ({ ctx, input }) => getDaypart(readerOf(ctx), await createDaypart(ctx, input))),
  /** Changes name, windows or exceptions. Errors: NOT_FOUND, NAME_TAKEN. */
  update: wholeOrganizationProcedure("schedule.edit")
    .input(updateDaypartInput)
    .output(daypartView)
    .mutation(async ({ ctx, input }) => {
      await updateDaypart(ctx, input);
      return getDaypart(readerOf(ctx), input.id);
    }),
  /** Copies one under a free name and gives the copy. Errors: NOT_FOUND, TOO_MANY. */
  duplicate: wholeOrganizationProcedure("schedule.create")
    .input(one)
    .output(daypartView)
    .mutation(async ({ ctx, input }) => getDaypart(readerOf(ctx), await duplicateDaypart(ctx, input.id))),
  /** Removes dayparts; `restore` undoes it. Errors: NOT_FOUND, IN_USE without `force`. */
  remove: wholeOrganizationProcedure("schedule.delete")
    .input(removeDaypartsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeThings(ctx, "daypart", input);
      return {};
    }),
  /** Brings removed dayparts back. Errors: NOT_FOUND, TOO_MANY. */
  restore: wholeOrganizationProcedure("schedule.delete")
    .input(removeDaypartsInput.pick({ ids: true }))
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await restoreThings(ctx, "daypart", input.ids);
      return {};
    }),
  /** Entries, and playlists with items, that wait for it. Errors: NOT_FOUND. */
  usedBy: organizationProcedure("schedule.view")
    .input(one)
    .output(usedBy)
    .query(({ ctx, input }) => getUsedBy(ctx.services.database, ctx.scope, "daypart", input.id)),
});

function readerOf({ services, scope }: RequestContext & { scope: OrganizationScope }) {
  return { database: services.database, scope };
}
