import {
  auditActor,
  auditCheck,
  auditEventInput,
  auditEventView,
  auditPage,
  auditState,
  listAuditInput,
} from "@vitrine/core/model/audit";
import * as z from "zod";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { getEvent, listActors, listEvents, readState } from "./queries.ts";
import { startCheck } from "./verify.ts";

export const auditRouter = router({
  /** Who did what, newest first, by filter and text. Errors: INVALID_INPUT. */
  list: organizationProcedure("audit.view")
    .input(listAuditInput)
    .output(auditPage)
    .query(({ ctx, input }) => listEvents(ctx.services.database, ctx.scope, input)),
  /** One event, with what was before and after it. Errors: NOT_FOUND. */
  get: organizationProcedure("audit.view")
    .input(auditEventInput)
    .output(auditEventView)
    .query(({ ctx, input }) => getEvent(ctx.services.database, ctx.scope, input.sequence)),
  /** Who acted lately, at most 200 people and programs. */
  actors: organizationProcedure("audit.view")
    .output(z.strictObject({ rows: z.array(auditActor) }))
    .query(({ ctx }) => listActors(ctx.services.database, ctx.scope)),
  /** The head of the chain, to be kept elsewhere, and the newest verification. */
  state: organizationProcedure("audit.view")
    .output(auditState)
    .query(({ ctx }) => readState(ctx.services.database, ctx.scope)),
  /** Has the whole chain verified, in the background; `state` tells how that goes. Errors: TOO_MANY_REQUESTS. */
  verify: organizationProcedure("audit.view")
    .output(auditCheck)
    .mutation(({ ctx }) => startCheck(ctx)),
});
