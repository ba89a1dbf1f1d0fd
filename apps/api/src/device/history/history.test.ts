import { randomUUID } from "node:crypto";
import { deviceDiagnosis, deviceEventPage, deviceTimeline } from "@vitrine/core/model/device-health";
import type { ScreenEvent } from "@vitrine/core/model/device-protocol";
import { deviceEvents } from "@vitrine/db/schema";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetOldHistory } from "../../system/history-housekeeping.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { writeContacts } from "../presence/contact-log.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { pairScreen, type TestScreen } from "../testing/test-screen.ts";
import { HISTORY_EVENTS } from "./limits.ts";

let server: TestServer;
let person: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  person = await makePerson(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const bootId = randomUUID();
const event = (sequence: number, more: Partial<ScreenEvent> = {}): ScreenEvent => ({
  bootId,
  sequence,
  at: new Date(Date.now() - 60_000 + sequence).toISOString(),
  kind: "online",
  data: {},
  ...more,
});
const report = (screen: TestScreen, events: unknown[]) => screen.call("events.report", { events });
const page = async ({ deviceId }: TestScreen, more: object = {}) =>
  deviceEventPage.parse(await person.query("devices.events", { deviceId, ...more }));
const kindsOf = async (screen: TestScreen) => (await page(screen)).events.map(({ kind }) => kind);

test("events count once however often and however concurrently they come, also beside others", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const events = Array.from({ length: 50 }, (_, sequence) => event(sequence));
  const receipts = await Promise.all([report(screen, events), report(screen, events.toReversed())]);
  const added = receipts.map((receipt) => (receipt as { newCount: number }).newCount);
  expect(added.reduce((sum, count) => sum + count)).toBe(50);
  expect(await report(screen, [event(49), event(50)])).toEqual({ newCount: 1, knownCount: 1 });
  const other = await pairScreen(server.url, person.cookie);
  expect(await report(other, [event(0)])).toEqual({ newCount: 1, knownCount: 0 });
});

test("events are told newest first, a page at a time, with what the server noticed", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  await report(
    screen,
    Array.from({ length: 25 }, (_, sequence) => event(sequence)),
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { events, nextCursor } = await page(screen, { limit: 7, ...(cursor && { cursor }) });
    expect(events.length).toBeLessThanOrEqual(7);
    seen.push(...events.map(({ at }) => at));
    cursor = nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(seen.toSorted().reverse());
  expect(seen).toHaveLength(26);
  expect(new Set(await kindsOf(screen))).toEqual(new Set(["paired", "online"]));
  await expect(person.query("devices.events", { deviceId: randomUUID() })).rejects.toThrow("NOT_FOUND");
  await expect(page(screen, { cursor: "x" })).rejects.toThrow("INVALID_INPUT");
});

test("hostile words are cleaned, wild clocks bounded, what is no event refused whole", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const wild = ["1970-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"];
  await report(screen, [
    event(0, {
      kind: "fault",
      data: { fault: "disk\u0000full", text: "\u202Eevil\nline", "\u0007n": 1, x: null },
    }),
    ...wild.map((at, place) => event(place + 1, { at })),
  ]);
  const { events } = await page(screen);
  const told = events.find(({ kind }) => kind === "fault");
  expect(told?.data).toEqual({ fault: "disk full", text: "evil line", n: 1, x: null });
  for (const { at } of events) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(120_000);
  for (const bad of [
    event(9, { kind: "command" as never }),
    event(9, { data: { text: "x".repeat(501) } }),
    event(9, { data: { deep: {} } as never }),
    event(-1),
  ]) {
    await expect(report(screen, [event(8), bad])).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
  await expect(
    report(
      screen,
      Array.from({ length: 201 }, (_, one) => event(one)),
    ),
  ).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
  expect((await page(screen)).events).toHaveLength(4);
});

test("of one screen at most 10,000 are kept, and nothing longer than 90 days", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const { organizationId, scope } = person;
  const { database, newId } = server.services;
  const at = (agoMs: number) => new Date(Date.now() - agoMs);
  await database.batch(scope, (q) => [
    q.execute(sql`
      insert into ${deviceEvents} (organization_id, device_id, id, at, kind)
      select ${organizationId}::uuid, ${screen.deviceId}::uuid, gen_random_uuid(),
        ${at(86_400_000)}::timestamptz - place * interval '1 second', 'online'
      from generate_series(1, 10010) as place`),
  ]);
  const count = async () => {
    const [rows] = await database.batch(scope, (q) => [
      q.select({ id: deviceEvents.id }).from(deviceEvents).where(eq(deviceEvents.deviceId, screen.deviceId)),
    ]);
    return rows.length;
  };
  await report(screen, [event(0)]);
  expect(await count()).toBe(HISTORY_EVENTS);
  await database.batch(scope, (q) => [
    q.insert(deviceEvents).values(
      [91, 89].map((days) => ({
        organizationId,
        deviceId: screen.deviceId,
        id: newId(),
        at: at(days * 86_400_000),
        kind: "online" as const,
      })),
    ),
  ]);
  await forgetOldHistory(server.services);
  expect(await count()).toBe(HISTORY_EVENTS + 1);
});

test("coming and going are in the history once, whoever says it, and not where another process heard the screen", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const { organizationId, deviceId } = screen;
  const { services } = server;
  const contact = (kind: "connected" | "lost", agoMs: number) => ({
    organizationId,
    deviceId,
    kind,
    at: new Date(Date.now() - agoMs),
  });
  await screen.beat();
  await until("it is connected", async () => (await kindsOf(screen)).includes("connected"));
  await services.devices.presence.flush();
  await writeContacts(services, [contact("connected", 0), contact("lost", 90_000)]);
  expect(await kindsOf(screen)).toEqual(["connected", "paired"]);
  await screen.beat({ isStopping: true });
  await until("it is lost", async () => (await kindsOf(screen)).includes("lost"));
  await writeContacts(services, [contact("lost", 0), contact("connected", 0)]);
  expect(await kindsOf(screen)).toEqual(["connected", "lost", "connected", "paired"]);
  await writeContacts(services, [{ ...contact("connected", 0), deviceId: randomUUID() }]);
});

test("commands, and what becomes of them, are in the history", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const { id } = (await person.call("devices.sendCommand", {
    deviceId: screen.deviceId,
    kind: "reload",
  })) as { id: string };
  await screen.beat();
  await screen.acknowledge({ id, isDone: true });
  const { events } = await page(screen);
  expect(events.filter(({ kind }) => kind === "command").map(({ data }) => data)).toEqual([
    { command: "reload", state: "done" },
    { command: "reload", state: "sent" },
  ]);
});

test("the timeline and the diagnosis are of what was told, up to now", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const range = {
    deviceId: screen.deviceId,
    from: new Date(Date.now() - 3_600_000).toISOString(),
    until: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const timeline = async (more: object = {}) =>
    deviceTimeline.parse(await person.query("devices.timeline", { ...range, ...more }));
  await screen.beat({
    isRecovering: true,
    faults: [{ kind: "disk_full", text: "Full" }],
    display: { backend: "cec", output: null, desired: "on", observed: "off", problem: "No answer" },
  });
  await until("it is connected", async () => (await kindsOf(screen)).includes("connected"));
  await report(screen, [
    event(0, { at: new Date().toISOString(), kind: "state", data: { state: "playing" } }),
  ]);
  const { stretches } = await timeline();
  expect(stretches[0]).toMatchObject({ status: "unknown", from: range.from });
  expect(stretches.at(-1)).toMatchObject({ status: "trouble" });
  expect(Date.parse(stretches.at(-1)?.until ?? "")).toBeLessThanOrEqual(Date.now());
  await expect(timeline({ until: range.from })).rejects.toThrow("INVALID_INPUT");
  await expect(timeline({ from: "2026-01-01T00:00:00.000Z" })).rejects.toThrow("31 days");
  const { reasons } = deviceDiagnosis.parse(await person.query("devices.diagnose", { id: screen.deviceId }));
  expect(reasons.map(({ code }) => code)).toEqual([
    "display_problem",
    "stage_recovering",
    "nothing_to_play",
    "disk_full",
  ]);
  await person.call("devices.revoke", { id: screen.deviceId });
  const after = deviceDiagnosis.parse(await person.query("devices.diagnose", { id: screen.deviceId }));
  expect(after.reasons).toMatchObject([{ code: "revoked", effect: "offline", since: expect.any(String) }]);
  expect((await timeline()).stretches.at(-1)).toMatchObject({ status: "offline" });
});
