import { randomBytes } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { codeOf, openLive, openSession, pairScreen, type TestScreen } from "../testing/test-screen.ts";

let server: TestServer;
let person: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  person = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

/** A download of which the first bytes have come, and that is not read on. */
function startDownload({ token }: TestScreen, sha256: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(
      `${server.url}${DEVICE_PATHS.files}/${sha256}`,
      { agent: false, headers: { authorization: `Bearer ${token}` } },
      (response) => response.once("readable", () => resolve(response)),
    );
    request.once("error", reject);
  });
}

test("a revoked screen hears it by its stream, and its downloads under way are cut", async () => {
  const { sha256 } = await person.makeAsset(randomBytes(64 * 1024 * 1024));
  const screen = await pairScreen(server.url, person.cookie);
  const other = await pairScreen(server.url, person.cookie);
  const stream = await screen.live();
  const download = await startDownload(screen, sha256);
  const elsewhere = await startDownload(other, sha256);
  const isCut = new Promise<boolean>((resolve) => {
    download.once("error", () => resolve(true));
    download.once("end", () => resolve(false));
  });
  await person.call("devices.revoke", { id: screen.deviceId });
  await stream.ended;
  expect(stream.hints.at(-1)).toEqual({ kind: "revoked" });
  download.resume();
  expect(await isCut).toBe(true);
  let received = 0;
  for await (const piece of elsewhere) received += (piece as Buffer).length;
  expect(received, "another screen's goes on").toBe(64 * 1024 * 1024);
});

test("it is refused with every token it has, by its next call, and no session is opened any more", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  await screen.beat();
  const next = await openSession(server.url, screen.keys, screen, { ticket: screen.ticket });
  await person.call("devices.revoke", { id: screen.deviceId });
  for (const token of [screen.token, next.token]) {
    const headers = { authorization: `Bearer ${token}` };
    await expect(openLive(server.url, token)).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
    for (const path of [DEVICE_PATHS.manifest, `${DEVICE_PATHS.files}/${"a".repeat(64)}`]) {
      expect(await codeOf(await fetch(`${server.url}${path}`, { headers })), path).toBe("DEVICE_REVOKED");
    }
  }
  await expect(openSession(server.url, screen.keys, screen, { ticket: next.ticket })).rejects.toMatchObject({
    code: "DEVICE_REVOKED",
  });
});

test("a stream that was being opened while its screen was revoked ends as well", async () => {
  for (let delayMs = 0; delayMs < 8; delayMs += 2) {
    const screen = await pairScreen(server.url, person.cookie);
    const opening = screen.live().catch((error: unknown) => error);
    await sleep(delayMs);
    await person.call("devices.revoke", { id: screen.deviceId });
    const opened = await opening;
    if (opened instanceof Error) expect(opened).toMatchObject({ code: "DEVICE_REVOKED" });
    else await (opened as Awaited<ReturnType<TestScreen["live"]>>).ended;
  }
  await until("no stream is left", () => server.services.devices.hints.streamCount() === 0);
});
