import { gzipSync } from "node:zlib";
import { deviceFiles, deviceLog, deviceLogs } from "@vitrine/core/model/device-health";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { codeOf, pairScreen, type TestScreen } from "../testing/test-screen.ts";

let server: TestServer;
let person: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  person = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const line = (place: number, more: object = {}) =>
  JSON.stringify({
    time: new Date(1_760_000_000_000 + place).toISOString(),
    level: "info",
    event: "tick",
    place,
    ...more,
  });
const pack = (lines: string[]) => gzipSync(lines.map((one) => `${one}\n`).join(""));

async function ask(screen: TestScreen, kind = "send_logs"): Promise<string> {
  const { id } = (await person.call("devices.sendCommand", { deviceId: screen.deviceId, kind })) as {
    id: string;
  };
  await screen.beat();
  return id;
}
const send = (screen: TestScreen, id: string, body: Buffer<ArrayBuffer>) =>
  screen.fetch(`${DEVICE_PATHS.logs}/${id}`, {
    method: "PUT",
    body,
    headers: { "content-type": "application/gzip" },
  });
const logsOf = async ({ deviceId }: TestScreen) =>
  deviceLogs.parse(await person.query("devices.logs", { deviceId })).logs;
const read = async (screen: TestScreen, id: string, more: object = {}) =>
  deviceLog.parse(await person.query("devices.readLog", { deviceId: screen.deviceId, id, ...more }));

test("a log that was asked for is kept, listed and read, by level and words", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const id = await ask(screen);
  const lines = [
    line(0, { note: "first\u0000" }),
    line(1, { level: "warn", event: "download_failed", file: "Menu.mp4" }),
    "no JSON",
    line(2, { level: "shout" }),
    line(3, { level: "error", event: "crash", deep: { apiKey: "sesame", code: 7 } }),
    line(4, { sessionToken: "sesame", text: `Bearer ${screen.token}` }),
  ];
  expect((await send(screen, id, pack(lines))).status).toBe(204);
  expect((await send(screen, id, pack(lines))).status, "again").toBe(204);
  expect(await logsOf(screen)).toMatchObject([{ id, lineCount: 6, sizeBytes: pack(lines).length }]);
  const all = await read(screen, id);
  expect(all.isCut).toBe(false);
  expect(all.lines.map(({ level, event, text }) => `${level} ${event} ${text}`)).toEqual([
    "info tick place=0 note=first",
    "warn download_failed place=1 file=Menu.mp4",
    'error crash place=3 deep={"apiKey":"[left out]","code":7}',
    "info tick place=4 sessionToken=[left out] text=Bearer [left out]",
  ]);
  expect((await read(screen, id, { level: "warn" })).lines.map(({ event }) => event)).toEqual([
    "download_failed",
    "crash",
  ]);
  expect((await read(screen, id, { search: "MENU" })).lines).toHaveLength(1);
  expect((await read(screen, id, { search: "sesame" })).lines).toHaveLength(0);
  const [log] = await logsOf(screen);
  const served = await fetch(log?.url.replace("localhost", "127.0.0.1") ?? "");
  expect([served.status, served.headers.get("content-type")]).toEqual([200, "application/gzip"]);
  await served.body?.cancel();
});

test("of a long log the newest 2,000 lines are read, and it is said", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const id = await ask(screen);
  await send(screen, id, pack(Array.from({ length: 5_000 }, (_, place) => line(place))));
  const { lines, isCut } = await read(screen, id);
  expect([lines.length, lines[0]?.text, lines.at(-1)?.text, isCut]).toEqual([
    2_000,
    "place=3000",
    "place=4999",
    true,
  ]);
});

test("what is no log, too large, or a bomb is refused, and nothing of it kept", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const id = await ask(screen);
  const whole = pack(Array.from({ length: 100 }, (_, place) => line(place)));
  const tries: [Buffer<ArrayBuffer>, string][] = [
    [Buffer.from("no gzip"), "INVALID_INPUT"],
    [whole.subarray(0, whole.length - 10), "INVALID_INPUT"],
    [gzipSync(Buffer.alloc(17 * 1024 * 1024)), "INVALID_INPUT"],
    [Buffer.alloc(1024 * 1024 + 1), "FILE_TOO_LARGE"],
  ];
  for (const [body, code] of tries) expect(await codeOf(await send(screen, id, body))).toBe(code);
  expect(await logsOf(screen)).toEqual([]);
  expect((await send(screen, id, whole)).status).toBe(204);
});

test("a log is taken for a command of that screen and kind alone, and read in its organization alone", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const other = await pairScreen(server.url, person.cookie);
  const id = await ask(screen);
  const body = pack([line(0)]);
  expect((await send(other, id, body)).status).toBe(404);
  expect((await send(screen, await ask(screen, "identify"), body)).status).toBe(404);
  expect((await send(screen, "x", body)).status).toBe(404);
  await send(screen, id, body);
  await screen.acknowledge({ id, isDone: true });
  expect((await send(screen, id, body)).status, "after its end").toBe(404);
  const stranger = await makePerson(server);
  for (const deviceId of [screen.deviceId, other.deviceId]) {
    const input = { deviceId, id };
    const by = deviceId === screen.deviceId ? stranger : person;
    await expect(by.query("devices.readLog", input)).rejects.toThrow("NOT_FOUND");
  }
  await expect(stranger.query("devices.logs", { deviceId: screen.deviceId })).rejects.toThrow("NOT_FOUND");
});

test("the files that a screen lacks are named by the content that needs them", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const { sha256, id } = await person.makeAsset(Buffer.from("A picture"), "Menu");
  const missing = [sha256, "b".repeat(64)].map((one) => ({
    sha256: one,
    sizeBytes: 9,
    bytesReady: 3,
    state: "retrying" as const,
    failures: 2,
    problem: "Cut\u0000off",
  }));
  await screen.beat({ sync: { filesReady: 0, filesTotal: 2, bytesReady: 6, bytesTotal: 18, missing } });
  const files = async () =>
    deviceFiles.parse(await person.query("devices.files", { id: screen.deviceId })).files;
  await until("they are told", async () => (await files()).length === 2);
  expect((await files()).map(({ asset, problem }) => [asset, problem])).toEqual([
    [{ id, name: "Menu" }, "Cut off"],
    [null, "Cut off"],
  ]);
  const other = await pairScreen(server.url, person.cookie);
  expect(await person.query("devices.files", { id: other.deviceId })).toEqual({ files: [] });
});
