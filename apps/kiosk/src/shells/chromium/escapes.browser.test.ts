import { expect, it } from "vitest";
import { openChromiumSuspect } from "../testing/chromium-suspect.ts";
import { type Attempt, runEscapes } from "../testing/escape-run.ts";

it("lets nobody out, by keys, gestures, dialogs, links, downloads or crashes", {
  timeout: 240_000,
}, async () => {
  await using suspect = await openChromiumSuspect();
  const attempts: Attempt[] = [];
  await runEscapes(suspect, (attempt) => void attempts.push(attempt));
  expect(attempts.filter(({ wayOut }) => wayOut !== null)).toEqual([]);
  expect(attempts.length).toBeGreaterThanOrEqual(60);
});
