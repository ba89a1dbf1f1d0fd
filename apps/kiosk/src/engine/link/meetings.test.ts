import { expect, test } from "vitest";
import { atMeeting } from "./meetings.ts";

test("screens that are due within a second beat at its end", () => {
  const second = Date.UTC(2026, 0, 1);
  expect([second, second + 0.5, second + 1, second + 999, second + 1000].map(atMeeting)).toEqual([
    second,
    ...[1, 1, 1, 1].map((seconds) => second + seconds * 1000),
  ]);
});
