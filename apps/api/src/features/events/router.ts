import * as z from "zod";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { streamEvents } from "./stream-events.ts";

/** An id is some 200 characters; many open transactions make it longer. */
const lastEventId = z.string().max(4_000).nullish();

export const eventsRouter = router({
  /**
   * What changes in the organization, as it is committed: server-sent events, resumed after `lastEventId` without gap
   * or repetition. The first message tells nothing but where the stream begins.
   */
  stream: organizationProcedure("organization.view")
    .input(z.strictObject({ lastEventId }).optional())
    .subscription(({ ctx, input, signal }) =>
      streamEvents(ctx, input?.lastEventId ?? undefined, signal ?? new AbortController().signal),
    ),
});
