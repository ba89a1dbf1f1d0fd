import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "./app-router.ts";
import { toFailure } from "./failure.ts";

/** Something dangerous waits for the person to show who they are. */
type Waiting = { promise: Promise<boolean>; settle: (isDone: boolean) => void };

let waiting: Waiting | undefined;
const listeners = new Set<() => void>();

/** Whether a dialog has to ask now, for `useSyncExternalStore`. */
export function isStepUpWanted(): boolean {
  return waiting !== undefined;
}

export function subscribeStepUp(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ends the asking: what waits is done after all, or fails with what the server said. */
export function settleStepUp(isDone: boolean): void {
  const settled = waiting;
  waiting = undefined;
  for (const listener of listeners) listener();
  settled?.settle(isDone);
}

/** Asks for password and second factor; whether they were given. */
export function askStepUp(): Promise<boolean> {
  if (!waiting) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    waiting = { promise, settle: resolve };
    for (const listener of listeners) listener();
  }
  return waiting.promise;
}

/** What the server says where password and second factor let go on: for one thing, or for an organization. */
const ASKING: ReadonlySet<string> = new Set(["STEP_UP_REQUIRED", "SIGN_IN_AGAIN"]);

/** Whether a call failed for want of password and second factor. */
export function asksForStepUp(error: unknown): boolean {
  return ASKING.has(toFailure(error).code);
}

/**
 * Every call that the server wants password and second factor for waits here until they were given, and is then
 * sent again as it was: whoever called it knows nothing of that, and nothing typed is lost. A stream that is cut is
 * opened anew by its reader, who has missed something by then.
 */
export const stepUpLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let isOver = false;
      let sent = send();
      function send() {
        return next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error(error) {
            if (op.type === "subscription" || !asksForStepUp(error)) return observer.error(error);
            void askStepUp().then((isDone) => {
              if (isOver) return;
              if (isDone) sent = send();
              else observer.error(error);
            });
          },
        });
      }
      return () => {
        isOver = true;
        sent.unsubscribe();
      };
    });
