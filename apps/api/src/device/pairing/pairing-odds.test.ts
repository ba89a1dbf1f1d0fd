import { PAIRING_ALPHABET, PAIRING_CODE_LENGTH } from "@vitrine/core/model/device";
import { appError } from "@vitrine/core/model/errors";
import { expect, test } from "vitest";
import { GUESSERS, makePairingGuard } from "./pairing-guard.ts";

/** Screens of other people that wait for their code to be entered, at every moment of the day. */
const WAITING = 10_000;
/** How likely it may be that a stranger hits the code of any of them within a day. */
const GOAL = 1e-4;
const DAY_MINUTES = 1440;

/** How many wrong codes one guesser is allowed on the worse of two days, trying each minute. */
async function guessesADay(): Promise<number> {
  const clock = { ms: 0, now: () => new Date(clock.ms), nowMs: () => clock.ms };
  const guard = makePairingGuard(clock);
  const days = [0, 0];
  const guess = async () => {
    throw appError("PAIRING_CODE_UNKNOWN");
  };
  for (let minute = 0; minute < days.length * DAY_MINUTES; minute++) {
    clock.ms = minute * 60_000;
    const day = Math.floor(minute / DAY_MINUTES);
    const outcome = await guard.attempt("stranger", guess).catch(String);
    if (outcome.includes("PAIRING_CODE_UNKNOWN")) days[day] = (days[day] ?? 0) + 1;
  }
  return Math.max(...days);
}

/**
 * Each guess hits each waiting code with the same chance, so the chance that any does is at most guesses × waiting / codes.
 * The assumption: no more people and organizations' programs guess on one day than the guard remembers. An account needs a
 * link that is sent to its address, of which a network asks for 2,880 a day at most, and makes 20 organizations a day.
 */
test("all that may guess hit one of 10,000 waiting screens on less than one day in ten thousand", async () => {
  const each = await guessesADay();
  expect(each).toBe(20);
  const codes = PAIRING_ALPHABET.length ** PAIRING_CODE_LENGTH;
  expect(new Set(PAIRING_ALPHABET).size).toBe(PAIRING_ALPHABET.length);
  const chanceADay = (GUESSERS * each * WAITING) / codes;
  process.stdout.write(
    `chance of a hit a day: ${chanceADay.toExponential(1)} by ${GUESSERS} guessers, ${GOAL} by ${Math.round((GOAL * codes) / WAITING / each)}\n`,
  );
  expect(chanceADay).toBeLessThanOrEqual(GOAL);
});
