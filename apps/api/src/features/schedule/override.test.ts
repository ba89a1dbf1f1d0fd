import { deviceStatus } from "@vitrine/db/schema";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { failureOf } from "../../testing/failure-of.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { makeTestShop, type TestShop } from "../../testing/test-shop.ts";

let server: TestServer;
let ours: TestShop["ours"];
let api: TestShop["api"];
let assetId: string;
let deviceId: string;
let entry: TestShop["entry"];

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  ({ ours, api, assetId, deviceId, entry } = await makeTestShop(server));
});

describe("an override", () => {
  const endsAt = () => new Date(server.services.clock.nowMs() + 600_000).toISOString();
  const start = () =>
    ours.as("operator").schedule.override({
      content: { kind: "asset", assetId },
      targets: { isEverywhere: true },
      endsAt: endsAt(),
    });

  test("has every screen at once, says who has it, and ends", async () => {
    const second = await ours.makeDevice({ name: "Bar" });
    const made = await start();
    expect(made).toMatchObject({ kind: "override", name: "Croissants", when: null });
    const now = new Date(server.services.clock.nowMs() + 1000);
    const hear = (id: string, shownEntryId: string | null, isUpToDate: boolean) =>
      server.services.database.batch(ours.scope, (q) => [
        q.insert(deviceStatus).values({
          organizationId: ours.organizationId,
          deviceId: id,
          lastHeardAt: now,
          condition: "playing",
          shownEntryId,
          isUpToDate,
        }),
      ]);
    await hear(deviceId, made.id, true);
    await hear(second, null, false);
    await ours.makeDevice({ name: "Cellar" });
    expect((await api.schedule.overrides()).rows).toMatchObject([
      { entry: { id: made.id }, counts: { on_glass: 1, received: 0, waiting: 1, offline: 1 } },
    ]);
    const receipts = await api.schedule.receipts({ id: made.id });
    expect(receipts.rows.map(({ name, state }) => [name, state])).toEqual([
      ["Bar", "waiting"],
      ["Cellar", "offline"],
      ["Window", "on_glass"],
    ]);
    expect(await api.schedule.explain({ deviceId, at: now.toISOString() })).toMatchObject({
      rule: "override",
    });
    await ours.as("operator").schedule.endOverride({ id: made.id });
    expect((await api.schedule.overrides()).rows).toEqual([]);
    expect((await api.schedule.explain({ deviceId, at: now.toISOString() })).rule).toBe("idle");
  });

  test("that comes every night is ended for this night alone, after midnight too", async () => {
    const now = server.services.clock.nowMs();
    const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16);
    const made = await entry({
      kind: "override",
      timeZone: "UTC",
      targets: { isEverywhere: true },
      when: {
        start: wall(now - 20 * 3_600_000),
        end: wall(now + 3 * 3_600_000),
        recurrence: "FREQ=DAILY",
        exceptDates: [],
        extraDates: [],
      },
    });
    expect((await api.schedule.overrides()).rows.map((row) => row.entry.id)).toEqual([made.id]);
    await api.schedule.endOverride({ id: made.id });
    expect((await api.schedule.overrides()).rows).toEqual([]);
    const tomorrow = new Date(now + 10 * 3_600_000).toISOString();
    expect((await api.schedule.explain({ deviceId, at: tomorrow })).rule).toBe("override");
  });

  test("needs an end that is still to come", async () => {
    const past = ours.as("operator").schedule.override({
      content: { kind: "asset", assetId },
      targets: { isEverywhere: true },
      endsAt: "2020-01-01T00:00:00.000Z",
    });
    expect(JSON.stringify((await failureOf(past)).data)).toContain("endsAt");
    expect((await api.schedule.overrides()).rows).toEqual([]);
  });

  test("is started by who may, and by nobody else; a viewer sees it", async () => {
    const made = await start();
    await expect(failureOf(ours.as("viewer").schedule.endOverride({ id: made.id }))).resolves.toMatchObject({
      code: "PERMISSION_MISSING",
    });
    expect((await ours.as("viewer").schedule.overrides()).rows).toHaveLength(1);
    await expect(failureOf(ours.as("operator").schedule.update({ id: made.id }))).resolves.toMatchObject({
      code: "PERMISSION_MISSING",
    });
  });
});
