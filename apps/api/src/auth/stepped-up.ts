import { appError } from "@vitrine/core/model/errors";
import { STEP_UP_MINUTES } from "@vitrine/core/model/second-factor";
import type { Clock } from "../platform/clock.ts";
import type { Actor } from "./principal.ts";

/**
 * Lets pass who gave password and second factor within the last minutes, at the latest by signing in. Errors:
 * STEP_UP_REQUIRED; PEOPLE_ONLY for programs, which have neither.
 */
export function requireSteppedUp(actor: Actor, clock: Clock): void {
  if (actor.kind !== "user") throw appError("PEOPLE_ONLY");
  const sinceMs = clock.nowMs() - actor.steppedUpAt.getTime();
  if (sinceMs >= STEP_UP_MINUTES * 60_000) throw appError("STEP_UP_REQUIRED");
}
