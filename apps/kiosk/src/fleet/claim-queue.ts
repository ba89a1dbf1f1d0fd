import { describe } from "../engine/platform/log.ts";
import type { Claimer } from "./claimer.ts";

/** Claims screens in the order of their codes. */
export interface ClaimQueue {
  add(code: string, name: string): void;
}

/** Two at a time: a server takes many tries at once by one account for guessing. */
const LANES = 2;

/** A queue over one claimer, until the signal fires; what cannot be claimed is told, and the next has its turn. */
export function createClaimQueue(
  claimer: Claimer,
  onTrouble: (text: string) => void,
  signal: AbortSignal,
): ClaimQueue {
  const waiting: { code: string; name: string }[] = [];
  let running = 0;

  const next = () => {
    const one = running < LANES && !signal.aborted ? waiting.shift() : undefined;
    if (!one) return;
    running += 1;
    claimer
      .claim(one.code, one.name, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) onTrouble(describe(error));
      })
      .finally(() => {
        running -= 1;
        next();
      });
  };

  return {
    add(code, name) {
      waiting.push({ code, name });
      next();
    },
  };
}
