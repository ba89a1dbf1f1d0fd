import { randomUUID } from "node:crypto";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import {
  callDevice,
  calmBeat,
  codeOf,
  fetchDevice,
  makeKeys,
  openLive,
  openSession,
  pairScreen,
} from "../testing/test-screen.ts";

let server: TestServer;
let url: string;
let person: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  url = server.url;
  person = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

test("a signature is good for one session", async () => {
  const screen = await pairScreen(url, person.cookie);
  const nonce = "one-nonce-of-sixteen";
  await openSession(url, screen.keys, screen, { nonce });
  await expect(openSession(url, screen.keys, screen, { nonce })).rejects.toMatchObject({
    status: 401,
    code: "DEVICE_SIGNATURE_WRONG",
  });
});

test("an unknown screen, another's key and another organization are one answer", async () => {
  const screen = await pairScreen(url, person.cookie);
  const stranger = await makePerson(server);
  const theirs = await pairScreen(url, stranger.cookie);
  const { organizationId, deviceId } = screen;
  const tries = [
    () => openSession(url, makeKeys(), screen),
    () => openSession(url, screen.keys, { organizationId, deviceId: randomUUID() }),
    () => openSession(url, screen.keys, { organizationId: randomUUID(), deviceId }),
    () => openSession(url, theirs.keys, { organizationId: theirs.organizationId, deviceId }),
    () => openSession(url, theirs.keys, { organizationId, deviceId: theirs.deviceId }),
    () => openSession(url, screen.keys, { organizationId, deviceId: theirs.deviceId }),
  ];
  for (const one of tries) {
    await expect(one()).rejects.toMatchObject({ status: 401, code: "DEVICE_SIGNATURE_WRONG", data: {} });
  }
});

test("ten minutes off either way is too much, and the answer says what time it is", async () => {
  const screen = await pairScreen(url, person.cookie);
  await openSession(url, screen.keys, screen, { offMs: 590_000 });
  await openSession(url, screen.keys, screen, { offMs: -590_000 });
  for (const offMs of [610_000, -610_000, -50 * 365 * 86_400_000]) {
    const failure = await openSession(url, screen.keys, screen, { offMs }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "DEVICE_CLOCK_WRONG" });
    const { serverTime } = z.object({ data: z.object({ serverTime: z.string() }) }).parse(failure).data;
    expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(5_000);
  }
});

test("a token that is missing, forged or of no screen opens nothing", async () => {
  const screen = await pairScreen(url, person.cookie);
  const unknown = server.services.devices.tokens.issue({
    organizationId: screen.organizationId,
    deviceId: screen.deviceId,
    publicKey: makeKeys().publicKey,
    session: "a".repeat(32),
  });
  const elsewhere = server.services.devices.tokens.issue({
    organizationId: randomUUID(),
    deviceId: screen.deviceId,
    publicKey: screen.keys.publicKey,
    session: "a".repeat(32),
  });
  for (const token of ["", "x", `${screen.token}A`, unknown.token, elsewhere.token]) {
    const paths = [DEVICE_PATHS.manifest, `${DEVICE_PATHS.files}/${"a".repeat(64)}`];
    for (const path of paths) {
      const response = await fetchDevice(url, path, token);
      expect([response.status, await codeOf(response)], path).toEqual([401, "DEVICE_SESSION_EXPIRED"]);
    }
    await expect(openLive(url, token)).rejects.toMatchObject({ status: 401, code: "DEVICE_SESSION_EXPIRED" });
    for (const path of ["plays.report", "commands.acknowledge", "heartbeat.report"]) {
      const input = path === "heartbeat.report" ? calmBeat(screen.bootId) : inputs[path];
      await expect(callDevice(url, path, input, token), path).rejects.toMatchObject({
        code: "DEVICE_SESSION_EXPIRED",
      });
    }
  }
});

const inputs: Record<string, unknown> = {
  "plays.report": {
    plays: [
      {
        bootId: randomUUID(),
        sequence: 0,
        assetId: randomUUID(),
        itemId: null,
        playlistId: null,
        startedAt: new Date().toISOString(),
        durationMs: 1,
        isWhole: true,
      },
    ],
  },
  "commands.acknowledge": { id: randomUUID(), isDone: true },
};

test("a revoked screen is refused by its very next call, everywhere", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  expect((await screen.manifest()).status).toBe(200);
  await person.call("devices.revoke", { id: screen.deviceId });
  for (const path of [DEVICE_PATHS.manifest, `${DEVICE_PATHS.files}/${"a".repeat(64)}`]) {
    const response = await screen.fetch(path);
    expect([response.status, await codeOf(response)], path).toEqual([401, "DEVICE_REVOKED"]);
  }
  await expect(screen.live()).rejects.toMatchObject({ status: 401, code: "DEVICE_REVOKED" });
  await expect(screen.beat()).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
  await expect(screen.call("plays.report", inputs["plays.report"])).rejects.toMatchObject({
    code: "DEVICE_REVOKED",
  });
  await expect(openSession(url, screen.keys, screen)).rejects.toMatchObject({ code: "DEVICE_REVOKED" });
  await expect(openSession(url, makeKeys(), screen)).rejects.toMatchObject({
    code: "DEVICE_SIGNATURE_WRONG",
  });
});
