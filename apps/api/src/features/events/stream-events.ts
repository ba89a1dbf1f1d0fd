import { TRPCError, type TrackedEnvelope, tracked } from "@trpc/server";
import { type AppError, appError, ERRORS } from "@vitrine/core/model/errors";
import type { StreamEvent } from "@vitrine/core/model/event";
import type { OrganizationScope } from "@vitrine/db/scope";
import type { RequestContext } from "../../trpc/context.ts";
import { seenOf } from "./seen-changes.ts";
import { watchAccess } from "./watch-access.ts";

const RECHECK_MS = 25_000;

/**
 * The organization's changes from `lastEventId` on, for as long as the caller may see them; of a
 * limited member those of what they see. Fails with the reason when
 * they no longer may, and with BUSY, after which clients come back, when the server stops.
 */
export async function* streamEvents(
  ctx: RequestContext & { scope: OrganizationScope },
  lastEventId: string | undefined,
  signal: AbortSignal,
  recheckMs = RECHECK_MS,
): AsyncGenerator<TrackedEnvelope<StreamEvent>, void, undefined> {
  using access = watchAccess(ctx, "organization.view", recheckMs);
  const ends = AbortSignal.any([signal, access.signal]);
  for await (const { id, event } of ctx.services.events.subscribe(ctx.scope, lastEventId, ends)) {
    const seen = await seenOf(ctx.services.database, ctx.scope, event);
    if (seen) yield tracked(id, seen);
  }
  const failure = access.failure();
  if (failure) throw toStreamFailure(failure);
  if (!signal.aborted) throw toStreamFailure(appError("BUSY", { retryAfterSeconds: 1 }));
}

/** What a stream throws comes after the middleware that maps failures, so it is mapped here. */
function toStreamFailure(failure: AppError): TRPCError {
  return new TRPCError({ code: ERRORS[failure.code].transport, message: failure.code, cause: failure });
}
