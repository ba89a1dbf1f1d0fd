import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { COMMAND_KINDS, type CommandKind } from "@vitrine/core/model/device";
import { expect, test } from "vitest";
import type { JsonFile } from "../identity/credential.ts";
import type { ToldCommand } from "../link/device-api.ts";
import type { Link } from "../link/link.ts";
import { createServerClock } from "../link/server-clock.ts";
import { createLog } from "../platform/log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { type CommandHandlers, createCommands } from "./commands.ts";

const keys = generateKeyPairSync("ed25519");
const serverPublicKey = String(keys.publicKey.export({ format: "jwk" }).x);
const credential = { deviceId: randomUUID(), serverPublicKey };
const clock = createVirtualClock();
const { signal } = new AbortController();
type Journal = Parameters<typeof createCommands>[0]["journal"];
type Stored = NonNullable<Awaited<ReturnType<Journal["find"]>>>;

function order(kind: string, changes: Partial<ToldCommand> & { deviceId?: string } = {}): ToldCommand {
  const id = changes.id ?? randomUUID();
  const expiresAt = changes.expiresAt ?? new Date(clock.wallMs() + 60_000).toISOString();
  const text = `vitrine-command:${changes.deviceId ?? credential.deviceId}:${id}:${kind}:${expiresAt}`;
  const signature = sign(null, Buffer.from(text), keys.privateKey).toString("base64url");
  return { id, kind: changes.kind ?? kind, expiresAt, signature };
}

/** A disk and a server that outlive the runs of the player. */
function makeWorld() {
  let stored: Stored | undefined;
  const world = {
    done: [] as CommandKind[],
    told: [] as { id: string; isDone: boolean; failure: string | null | undefined }[],
    isReadOnly: false,
    failing: new Map<CommandKind, string>(),
    run(bootId: string, machineBootId: string | null = "machine-1") {
      const journal: JsonFile<Stored> = {
        find: async () => stored,
        async save(value) {
          if (world.isReadOnly) throw new Error("EROFS: read-only file system");
          stored = structuredClone(value);
        },
        async remove() {},
      };
      const call = async (_: string, input: { id: string; isDone: boolean; failure?: string | null }) => {
        world.told.push({ id: input.id, isDone: input.isDone, failure: input.failure });
        return {};
      };
      const handler = (kind: CommandKind) => async () => {
        world.done.push(kind);
        const failure = world.failing.get(kind);
        if (failure !== undefined) throw new Error(failure);
      };
      const handlers = Object.fromEntries(COMMAND_KINDS.map((kind) => [kind, handler(kind)]));
      return createCommands({
        ...{ journal, clock, credential, bootId, machineBootId },
        link: { call } as unknown as Link,
        serverClock: createServerClock(clock, undefined),
        log: createLog(clock, []),
        handlers: handlers as unknown as CommandHandlers,
      });
    },
  };
  return world;
}

test("O1: what the server's key did not sign for this screen, this kind and this time is not done, and is said", async () => {
  const world = makeWorld();
  const commands = world.run("one");
  const forged = [
    order("identify", { kind: "reboot" }),
    order("identify", { deviceId: randomUUID() }),
    { ...order("identify"), expiresAt: new Date(clock.wallMs() + 86_400_000).toISOString() },
    { ...order("identify"), id: randomUUID() },
    { ...order("identify"), signature: "A".repeat(86) },
  ];
  await commands.receive(forged, signal);
  expect(world.done).toEqual([]);
  expect(world.told.map(({ isDone }) => isDone)).toEqual(forged.map(() => false));
  expect(world.told[0]?.failure).toMatch(/not signed/);
});

test("O2: a command is begun once by its id, whatever is told twice and whatever dies in between", async () => {
  const world = makeWorld();
  const one = order("identify");
  const commands = world.run("one");
  await Promise.all([commands.receive([one, one], signal), commands.receive([one], signal)]);
  await world.run("two").receive([one], signal);
  expect(world.done).toEqual(["identify"]);
  expect(world.told).toEqual(Array.from({ length: 4 }, () => ({ id: one.id, isDone: true, failure: null })));
});

test("O3: past its time by the server's clock a command is not begun", async () => {
  const world = makeWorld();
  await world
    .run("one")
    .receive([order("identify", { expiresAt: new Date(clock.wallMs() - 1).toISOString() })], signal);
  expect(world).toMatchObject({ done: [], told: [] });
});

test("O4: restart and reboot are noted before they are done, and told after the start, a reboot only of a machine that went down", async () => {
  const world = makeWorld();
  const restart = order("restart");
  const reboot = order("reboot");
  const commands = world.run("one");
  await commands.receive([restart, reboot], signal);
  await commands.receive([restart, reboot], signal);
  expect(world).toMatchObject({ done: ["restart", "reboot"], told: [] });
  await world.run("two").receive([restart, reboot], signal);
  expect(world.told).toMatchObject([
    { id: restart.id, isDone: true },
    { id: reboot.id, isDone: false, failure: expect.stringMatching(/machine did not/) },
  ]);
  await world.run("three", "machine-2").receive([reboot], signal);
  expect(world.told.at(-1)).toMatchObject({ id: reboot.id, isDone: true });
  expect(world.done).toHaveLength(2);
});

test("O5: what a screen cannot do is told in a sentence: a failure, a kind of a newer server, a disk that takes no note", async () => {
  const world = makeWorld();
  world.failing.set("screenshot", "This screen has no glass");
  const commands = world.run("one");
  await commands.receive([order("screenshot"), order("dance")], signal);
  world.isReadOnly = true;
  await commands.receive([order("identify")], signal);
  expect(world.told.map(({ failure }) => failure)).toEqual([
    "This screen has no glass",
    expect.stringMatching(/does not know "dance"; update/),
    expect.stringMatching(/not begun.*EROFS/),
  ]);
  expect(world.done).toEqual(["screenshot"]);
});
