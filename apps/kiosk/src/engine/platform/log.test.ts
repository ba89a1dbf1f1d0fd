import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../testing/test-kiosk.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createLog, readNewestLines, rotatedFileSink } from "./log.ts";

test("a line is JSON with time, level and event, and what is secret is left out at any depth", () => {
  const lines: string[] = [];
  const log = createLog(createVirtualClock(0), [(line) => lines.push(line)], { screen: 3 });
  log.warn("something", {
    token: "abc",
    inner: { deviceCode: "xyz", sizeBytes: 7 },
    reason: new Error("It\nbroke"),
  });
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    time: "1970-01-01T00:00:00.000Z",
    level: "warn",
    event: "something",
    screen: 3,
    token: "[left out]",
    inner: { deviceCode: "[left out]", sizeBytes: 7 },
    reason: expect.anything(),
  });
  expect(lines.join("")).not.toMatch(/abc|xyz/);
});

test("a log file is moved aside when it grows too large, so that two of them bound what the log takes", async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, "logs", "kiosk.log");
  const sink = rotatedFileSink(path, 1000);
  for (let index = 0; index < 100; index += 1) sink(`${"x".repeat(99)}\n`);
  expect((await stat(path)).size).toBeLessThanOrEqual(1100);
  expect((await stat(`${path}.1`)).size).toBeLessThanOrEqual(1100);
  rotatedFileSink(path, 1000)("last\n");
  expect(await readFile(path, "utf8")).toMatch(/last\n$/);
});

test("O8: the newest lines of a log are whole, in order, and come out of the file that was moved aside too", async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, "kiosk.log");
  const read = async (limitBytes: number) =>
    Buffer.from(await readNewestLines(path, limitBytes)).toString("utf8");
  expect(await read(100)).toBe("");
  await writeFile(`${path}.1`, "first\nsecond\n");
  await writeFile(path, "third\nfourth\n");
  expect(await read(1000)).toBe("first\nsecond\nthird\nfourth\n");
  expect(await read(24)).toBe("second\nthird\nfourth\n");
  expect(await read(10)).toBe("fourth\n");
});
