import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { auditEvents, deviceCredentials, deviceEvents } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { startServer } from "../../app.ts";
import type { CommittedChange } from "../../events/change-step.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import {
  callDevice,
  calmBeat,
  codeOf,
  fetchDevice,
  openLive,
  openSession,
  pairScreen,
  type TestScreen,
} from "../testing/test-screen.ts";

let server: TestServer;
let url: string;
let person: TestPerson;
const told: CommittedChange[] = [];
beforeAll(async () => {
  server = await startTestServer();
  url = server.url;
  person = await makePerson(server);
  server.services.events.on((change) => told.push(change));
});
afterAll(() => server[Symbol.asyncDispose]());

const beat = (token: string, at = url) =>
  callDevice(at, "heartbeat.report", calmBeat("00000000-0000-4000-8000-000000000001"), token);
const copiedAt = async (screen: TestScreen) =>
  z
    .object({ identityCopiedAt: z.string().nullable() })
    .parse(await person.query("devices.get", { id: screen.deviceId })).identityCopiedAt;
const notesOf = async ({ deviceId }: TestScreen) => {
  const { organizationId } = person.scope;
  const [events, audits] = await server.services.database.batch(person.scope, (q) => [
    q
      .select({ kind: deviceEvents.kind, data: deviceEvents.data })
      .from(deviceEvents)
      .where(
        and(
          eq(deviceEvents.organizationId, organizationId),
          eq(deviceEvents.deviceId, deviceId),
          eq(deviceEvents.kind, "identity_copied"),
        ),
      ),
    q
      .select({ after: auditEvents.after })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.organizationId, organizationId),
          eq(auditEvents.subjectId, deviceId),
          eq(auditEvents.action, "devices.identityCopied"),
        ),
      ),
  ]);
  return { events, audits };
};

test("a new session ends the one before at once, at every door", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  const next = await openSession(url, screen.keys, screen, { ticket: screen.ticket });
  await expect(screen.beat()).rejects.toMatchObject({ code: "DEVICE_SESSION_EXPIRED" });
  for (const path of [DEVICE_PATHS.manifest, `${DEVICE_PATHS.files}/${"a".repeat(64)}`]) {
    const response = await screen.fetch(path);
    expect([response.status, await codeOf(response)], path).toEqual([401, "DEVICE_SESSION_EXPIRED"]);
  }
  await expect(screen.live()).rejects.toMatchObject({ code: "DEVICE_SESSION_EXPIRED" });
  await beat(next.token);
  expect(await copiedAt(screen)).toBeNull();
});

test("a copy in use is noticed when the screen speaks next; both stay served, and it is told once", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  const copy = await openSession(url, screen.keys, screen, { ticket: screen.ticket });
  await beat(copy.token);
  expect(await copiedAt(screen)).toBeNull();
  await expect(screen.beat()).rejects.toMatchObject({ code: "DEVICE_SESSION_EXPIRED" });
  const real = await openSession(url, screen.keys, screen, { ticket: screen.ticket });
  await beat(real.token);
  expect((await fetchDevice(url, DEVICE_PATHS.manifest, real.token)).status).toBe(200);

  const noticedAt = await copiedAt(screen);
  expect(Date.parse(noticedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  await until("it is told", () =>
    told.some(({ event }) => event.ids.includes(screen.deviceId) && event.action === "identity_copied"),
  );
  const again = await openSession(url, screen.keys, screen, { ticket: copy.ticket });
  await beat(again.token);
  expect(await notesOf(screen)).toEqual({
    events: [{ kind: "identity_copied", data: { addresses: "127.0.0.1" } }],
    audits: [{ after: { name: screen.device.name, addresses: "127.0.0.1" } }],
  });
  expect(await copiedAt(screen)).toBe(noticedAt);
});

test("of a screen that was revoked and paired anew, nothing of the copy is left", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  await openSession(url, screen.keys, screen);
  expect(await copiedAt(screen)).not.toBeNull();
  await person.call("devices.revoke", { id: screen.deviceId });
  expect(await copiedAt(screen)).toBeNull();
  expect(await copiedAt(await pairScreen(url, person.cookie))).toBeNull();
});

test("sessions opened all at once are one screen's: none is refused, the last one counts", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  const opened = await Promise.all(
    Array.from({ length: 4 }, () => openSession(url, screen.keys, screen, { ticket: screen.ticket })),
  );
  const answers = await Promise.all(
    opened.map(({ token }) =>
      fetchDevice(url, DEVICE_PATHS.manifest, token).then(async ({ status, body }) => {
        await body?.cancel();
        return status;
      }),
    ),
  );
  expect(answers.filter((status) => status === 200)).toHaveLength(1);
  expect(await copiedAt(screen)).toBeNull();
});

test("a stream that is open stays open over the screen's next session", async () => {
  const screen = await pairScreen(url, person.cookie);
  const stream = await openLive(url, screen.token);
  const next = await openSession(url, screen.keys, screen, { ticket: screen.ticket });
  await beat(next.token);
  await person.call("devices.sendCommand", { deviceId: screen.deviceId, kind: "identify" });
  await until("the hint came", () => stream.hints.some(({ kind }) => kind === "commands"));
  await expect(stream.beat(calmBeat(screen.bootId)), "but beats want the newest").rejects.toMatchObject({
    code: "DEVICE_SESSION_EXPIRED",
  });
  stream.close();
});

test("a server that starts anew knows sessions and copies as before, and so does another process", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  const { config } = server.services;
  const dataDir = join(server.folder, "other");
  mkdirSync(dataDir);
  copyFileSync(join(config.dataDir, "secrets.json"), join(dataDir, "secrets.json"));
  const other = await startServer({ ...config, dataDir }, server.testDatabase.urls);
  try {
    await beat(screen.token, other.url);
    const copy = await openSession(other.url, screen.keys, screen, { ticket: screen.ticket });
    await beat(copy.token, other.url);
    await until("the first process refuses the session before", () =>
      beat(screen.token).then(
        () => false,
        (error: { code?: string }) => error.code === "DEVICE_SESSION_EXPIRED",
      ),
    );
    await openSession(url, screen.keys, screen, { ticket: screen.ticket });
    expect(await copiedAt(screen)).not.toBeNull();
  } finally {
    await other.stop();
  }
});

test("what was stored before there were tickets is no copy", async () => {
  const screen = await pairScreen(url, person.cookie);
  await screen.beat();
  await server.services.database.batch(person.scope, (q) => [
    q
      .update(deviceCredentials)
      .set({ ticketSha256: null, formerTicketSha256: null, ticketIssuedAt: null })
      .where(eq(deviceCredentials.deviceId, screen.deviceId)),
  ]);
  const next = await openSession(url, screen.keys, screen);
  await beat(next.token);
  expect(await copiedAt(screen)).toBeNull();
});
