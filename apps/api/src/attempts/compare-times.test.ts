import { expect, test } from "vitest";
import { startTestServer } from "../testing/test-server.ts";
import { judgeTimes, timePairs } from "./compare-times.ts";
import { FULL_MS, isFull, say } from "./size.ts";

const SIZE = isFull ? { pairs: 3000, warmUps: 20 } : { pairs: 1, warmUps: 1 };
const row = (length: number, ms: (at: number) => number) => Array.from({ length }, (_, at) => ms(at));
const noise = (at: number) => 10 + 2 * (Math.abs(Math.sin(at) * 43_758.5453) % 1);

test("times that differ by chance are no sign, a hash more is", () => {
  const same = { path: "x", known: row(1000, (at) => noise(at + 5000)), unknown: row(1000, noise) };
  expect(judgeTimes(same).isTold).toBe(false);
  const told = { path: "x", known: row(1000, (at) => noise(at + 5000) + 1), unknown: row(1000, noise) };
  expect(judgeTimes(told).isTold).toBe(true);
});

test(
  "known and unknown are asked about by every way that takes an address, one after the other, and told apart by no time",
  async () => {
    await using server = await startTestServer({
      VITRINE_TRUSTED_PROXIES: "1",
      VITRINE_MAIL_SPREAD_SECONDS: "5",
    });
    for (const timed of await timePairs(server, SIZE)) {
      const { known, unknown, signs, difference, isTold } = judgeTimes(timed);
      const text = (times: number[]) => times.map((ms) => ms.toFixed(2)).join(" / ");
      say(`${timed.path}, ${timed.known.length} pairs, ms at 10/50/90/99 %: known`, text(known));
      say(`${timed.path}, the same: unknown`, text(unknown));
      say(
        `${timed.path}, medians apart, signs apart`,
        `${(difference * 100).toFixed(2)} %, ${signs.toFixed(2)} sigma`,
      );
      expect(timed.unknown).toHaveLength(timed.known.length);
      // A few pairs say nothing: only the full size judges.
      expect(isFull && isTold).toBe(false);
    }
  },
  FULL_MS,
);
