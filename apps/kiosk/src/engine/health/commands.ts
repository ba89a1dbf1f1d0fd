import { COMMAND_KINDS, type CommandKind, commandKind } from "@vitrine/core/model/device";
import { id } from "@vitrine/core/model/ids";
import * as z from "zod";
import type { Credential, JsonFile } from "../identity/credential.ts";
import { isSignedBy } from "../identity/identity.ts";
import type { ToldCommand } from "../link/device-api.ts";
import type { Link } from "../link/link.ts";
import type { ServerClock } from "../link/server-clock.ts";
import { type Clock, createDeadline } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";

/**
 * Commands that were begun, newest last; `outcome` is null while it is not known how one ended. `bootId` and
 * `machineBootId` name the run of the player and of the machine that began it.
 */
export const commandJournal = z.strictObject({
  entries: z.array(
    z.strictObject({
      id,
      outcome: z.strictObject({ isDone: z.boolean(), failure: z.string().nullable() }).nullable(),
      kind: commandKind.optional(),
      bootId: z.string().optional(),
      machineBootId: z.string().nullable().optional(),
    }),
  ),
});
type Journal = z.infer<typeof commandJournal>;
type Entry = Journal["entries"][number];
type Outcome = NonNullable<Entry["outcome"]>;

/** A command whose signature, term and kind were found right. */
export interface Command {
  id: string;
  kind: CommandKind;
}

export type CommandHandlers = Record<CommandKind, (command: Command, signal: AbortSignal) => Promise<void>>;

export interface CommandDeps {
  journal: JsonFile<Journal>;
  link: Link;
  clock: Clock;
  serverClock: ServerClock;
  log: Log;
  credential: Pick<Credential, "deviceId" | "serverPublicKey">;
  bootId: string;
  /** Names this run of the machine; null where it does not tell. */
  machineBootId: string | null;
  /** What each kind does; a rejection is its failure, told to the person who asked. */
  handlers: CommandHandlers;
}

/** Carries out each command once by its id, whatever is told twice and whatever dies in between. */
export interface Commands {
  /** Takes what the server says is pending. What was begun already is only acknowledged. */
  receive(pending: readonly ToldCommand[], signal: AbortSignal): Promise<void>;
}

const REMEMBERED = 200;
const HANDLER_LIMIT_MS = 30_000;
/** Kinds that take longer than the rest. */
const LIMITS_MS: Partial<Record<CommandKind, number>> = {
  clear_cache: 15 * 60_000,
  send_logs: 120_000,
  update: 30 * 60_000,
};
/** Kinds that end this process: how they went is known after the start. */
const ENDING: readonly CommandKind[] = ["restart", "reboot", "update"];

const DONE: Outcome = { isDone: true, failure: null };
const failed = (failure: string): Outcome => ({ isDone: false, failure });
const LOST = failed("The player stopped while it was doing this");
const FORGED = failed("The command is not signed by this screen's server");
const NOT_REBOOTED = failed("The player started anew, but the machine did not");

/** Commands of one credential, one after the other; an update, which takes long, beside the others. */
export function createCommands(deps: CommandDeps): Commands {
  const { credential, log } = deps;
  let entries: Journal["entries"] = [];
  let loading: Promise<void> | undefined;
  let saving = Promise.resolve();
  const lanes = { main: Promise.resolve(), update: Promise.resolve() };

  const load = async () => {
    entries = (await deps.journal.find())?.entries ?? [];
  };

  const note = async (entry: Entry) => {
    const next = [...entries.filter(({ id }) => id !== entry.id), entry].slice(-REMEMBERED);
    entries = next;
    const saved = saving.then(() => deps.journal.save({ entries: next }));
    saving = saved.catch(() => {});
    await saved;
  };

  const isSigned = ({ id, kind, expiresAt, signature }: ToldCommand) => {
    const text = `vitrine-command:${credential.deviceId}:${id}:${kind}:${expiresAt}`;
    return isSignedBy(credential.serverPublicKey, Buffer.from(text, "utf8"), signature);
  };

  const carryOut = async (command: Command, signal: AbortSignal): Promise<Outcome> => {
    using deadline = createDeadline(deps.clock, signal, LIMITS_MS[command.kind] ?? HANDLER_LIMIT_MS);
    try {
      await deps.handlers[command.kind](command, deadline.signal);
      return DONE;
    } catch (error) {
      return failed(describe(error));
    }
  };

  /** How a command that was begun ended; undefined while it is under way. */
  const settle = ({ outcome, kind, bootId, machineBootId }: Entry): Outcome | undefined => {
    if (outcome) return outcome;
    if (bootId === deps.bootId) return undefined;
    if (!kind || !ENDING.includes(kind)) return LOST;
    const isSameMachineRun = machineBootId != null && machineBootId === deps.machineBootId;
    return kind === "reboot" && isSameMachineRun ? NOT_REBOOTED : DONE;
  };

  const begin = async (command: Command, signal: AbortSignal): Promise<Outcome | undefined> => {
    const { bootId, machineBootId } = deps;
    const entry = { id: command.id, kind: command.kind, bootId, machineBootId };
    try {
      await note({ ...entry, outcome: null });
    } catch (error) {
      return failed(`It was not begun, because the disk does not take a note of it: ${describe(error)}`);
    }
    const outcome = await carryOut(command, signal);
    signal.throwIfAborted();
    log.info("command", { id: command.id, kind: command.kind, ...outcome });
    if (outcome.isDone && (command.kind === "restart" || command.kind === "reboot")) return undefined;
    await note({ ...entry, outcome });
    return outcome;
  };

  const decide = async (told: ToldCommand, signal: AbortSignal): Promise<Outcome | undefined> => {
    loading ??= load();
    await loading;
    const known = entries.find(({ id }) => id === told.id);
    if (known) return settle(known);
    if (!isSigned(told)) {
      log.warn("command_forged", { id: told.id, kind: told.kind });
      return FORGED;
    }
    if (deps.serverClock.nowMs() > Date.parse(told.expiresAt)) return undefined;
    const kind = COMMAND_KINDS.find((one) => one === told.kind);
    if (!kind) return failed(`This version of the player does not know "${told.kind}"; update it`);
    return await begin({ id: told.id, kind }, signal);
  };

  const handle = async (told: ToldCommand, signal: AbortSignal) => {
    if (signal.aborted) return;
    try {
      const outcome = await decide(told, signal);
      if (outcome) await deps.link.call("commands.acknowledge", { id: told.id, ...outcome }, signal);
    } catch (error) {
      if (!signal.aborted) log.warn("command_not_told", { id: told.id, reason: describe(error) });
    }
  };

  return {
    async receive(pending, signal) {
      for (const told of pending) {
        const lane = told.kind === "update" ? "update" : "main";
        lanes[lane] = lanes[lane].then(() => handle(told, signal));
      }
      await Promise.all([lanes.main, lanes.update]);
    },
  };
}
