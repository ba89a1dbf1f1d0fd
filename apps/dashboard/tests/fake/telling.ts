import type { Answers } from "./router.ts";
import { answersOf, busyCafe } from "./world.ts";

/** Answers of a busy server that keep what one call was told, in order. */
export function telling(call: string): { told: unknown[]; answers: Answers } {
  const told: unknown[] = [];
  const answers = answersOf(busyCafe());
  const give = answers[call];
  if (!give) throw new Error(`No answer for ${call}`);
  return {
    told,
    answers: {
      ...answers,
      [call]: (input: never) => {
        told.push(input);
        return give(input);
      },
    },
  };
}
