import { randomUUID } from "node:crypto";
import { COMMAND_KINDS, commandView } from "@vitrine/core/model/device";
import { deviceCommands } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { isSignedBy } from "../../auth/device-keys.ts";
import type { CommittedChange } from "../../events/change-step.ts";
import { expireCommands } from "../../system/command-expiry.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makePerson, type TestPerson } from "../testing/test-person.ts";
import { pairScreen, type TestScreen } from "../testing/test-screen.ts";

let server: TestServer;
let person: TestPerson;
const told: CommittedChange[] = [];
beforeAll(async () => {
  server = await startTestServer();
  person = await makePerson(server);
  server.services.events.on((change) => told.push(change));
});
afterAll(() => server[Symbol.asyncDispose]());

const send = async (screen: TestScreen, kind = "identify") =>
  commandView.parse(await person.call("devices.sendCommand", { deviceId: screen.deviceId, kind }));
const commandsOf = async (screen: TestScreen) =>
  z
    .object({ commands: z.array(commandView) })
    .parse(await person.query("devices.commands", { deviceId: screen.deviceId })).commands;
const isTold = (id: string, action: string) =>
  until(`${action} is told`, () =>
    told.some(
      ({ event }) => event.subject === "command" && event.ids.includes(id) && event.action === action,
    ),
  );
const set = (id: string, values: Partial<typeof deviceCommands.$inferInsert>) =>
  server.services.database.batch(person.scope, (q) => [
    q
      .update(deviceCommands)
      .set(values)
      .where(and(eq(deviceCommands.organizationId, person.organizationId), eq(deviceCommands.id, id))),
  ]);

test("a command goes from a hint by a beat to its end, each step told", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const stream = await screen.live();
  const { id, state } = await send(screen);
  expect(state).toBe("waiting");
  await until("the hint came", () => stream.hints.some(({ kind }) => kind === "commands"));
  const { commands } = await screen.beat();
  expect(commands).toMatchObject([{ id, kind: "identify" }]);
  for (const { expiresAt, signature } of commands) {
    const text = `vitrine-command:${screen.deviceId}:${id}:identify:${expiresAt}`;
    expect(isSignedBy(screen.serverPublicKey, text, signature)).toBe(true);
    expect(isSignedBy(screen.serverPublicKey, text.replace("identify", "reboot"), signature)).toBe(false);
  }
  await isTold(id, "delivered");
  expect(await commandsOf(screen)).toMatchObject([
    { id, state: "delivered", deliveredAt: expect.any(String), finishedAt: null, createdByName: "Sam Alike" },
  ]);
  expect((await screen.beat()).commands, "until it is done, it is told again").toMatchObject([{ id }]);
  await screen.acknowledge({ id, isDone: true });
  await isTold(id, "done");
  expect((await screen.beat()).commands).toEqual([]);
  expect(await commandsOf(screen)).toMatchObject([{ id, state: "done", failure: null }]);
  stream.close();
});

test("every kind is delivered, the heavy ones with more time", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const sent: z.infer<typeof commandView>[] = [];
  for (const kind of COMMAND_KINDS) sent.push(await send(screen, kind));
  expect((await screen.beat()).commands.map(({ kind }) => kind)).toEqual([...COMMAND_KINDS]);
  const lifeOf = (kind: string) => {
    const one = sent.find((command) => command.kind === kind);
    return Date.parse(one?.expiresAt ?? "") - Date.parse(one?.createdAt ?? "");
  };
  expect(lifeOf("identify")).toBe(60_000);
  expect(lifeOf("reboot")).toBeGreaterThan(lifeOf("reload"));
  expect(lifeOf("update")).toBeGreaterThan(lifeOf("reboot"));
});

test("a beat asks for commands when one was sent, and not otherwise", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  await screen.beat();
  const known = server.services.devices.screens.find(screen.organizationId, screen.deviceId);
  await until("none is waited for", async () => {
    await screen.beat();
    return known?.mayHaveCommands === false;
  });
  const { id } = await send(screen);
  await until("it is heard of", () => known?.mayHaveCommands === true);
  expect((await screen.beat()).commands).toMatchObject([{ id }]);
  await screen.acknowledge({ id, isDone: true });
  expect((await screen.beat()).commands).toEqual([]);
  expect(known?.mayHaveCommands).toBe(false);
});

test("a command ends once: later words change nothing", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const { id } = await send(screen);
  await screen.beat();
  await Promise.all([
    screen.acknowledge({ id, isDone: false, failure: "No display\u0000" }),
    screen.acknowledge({ id, isDone: false, failure: "No display\u0000" }),
  ]);
  await screen.acknowledge({ id, isDone: true });
  expect(await commandsOf(screen)).toMatchObject([{ id, state: "failed", failure: "No display" }]);
});

test("a command is its screen's own", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const other = await pairScreen(server.url, person.cookie);
  const stranger = await makePerson(server);
  const theirs = await pairScreen(server.url, stranger.cookie);
  const { id } = await send(screen);
  expect((await other.beat()).commands).toEqual([]);
  expect((await theirs.beat()).commands).toEqual([]);
  for (const one of [other, theirs]) {
    await expect(one.acknowledge({ id, isDone: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await expect(screen.acknowledge({ id: randomUUID(), isDone: true })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await commandsOf(screen)).toMatchObject([{ state: "waiting" }]);
});

test("a command past its time is given to nobody, given up, and told", async () => {
  const screen = await pairScreen(server.url, person.cookie);
  const { id } = await send(screen);
  await set(id, { expiresAt: new Date(Date.now() - 1) });
  expect((await screen.beat()).commands).toEqual([]);
  await expireCommands(server.services);
  await isTold(id, "expired");
  await screen.acknowledge({ id, isDone: true });
  expect(await commandsOf(screen)).toMatchObject([{ id, state: "expired" }]);
});
