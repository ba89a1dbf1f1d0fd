import type { CommandKind } from "@vitrine/core/model/device";
import type { pendingCommand } from "@vitrine/core/model/device-protocol";
import { id } from "@vitrine/core/model/ids";
import * as z from "zod";
import type { JsonFile } from "../identity/credential.ts";
import type { Link } from "../link/link.ts";
import type { ServerClock } from "../link/server-clock.ts";
import { type Clock, createDeadline } from "../platform/clock.ts";
import { describe, type Log } from "../platform/log.ts";

export type PendingCommand = z.infer<typeof pendingCommand>;

/** Commands that were begun, newest last; `outcome` is null while it is not known how one ended. */
export const commandJournal = z.strictObject({
  entries: z.array(
    z.strictObject({
      id,
      outcome: z.strictObject({ isDone: z.boolean(), failure: z.string().nullable() }).nullable(),
    }),
  ),
});
type Journal = z.infer<typeof commandJournal>;
type Outcome = NonNullable<Journal["entries"][number]["outcome"]>;

export interface CommandDeps {
  journal: JsonFile<Journal>;
  link: Link;
  clock: Clock;
  serverClock: ServerClock;
  log: Log;
  /** What each kind does; a rejection is its failure, told to the person who asked. */
  handlers: Record<CommandKind, (command: PendingCommand, signal: AbortSignal) => Promise<void>>;
}

/** Carries out each command once by its id, whatever is told twice and whatever dies in between. */
export interface Commands {
  /** Takes what the server says is pending. What was begun already is only acknowledged. */
  receive(pending: readonly PendingCommand[], signal: AbortSignal): Promise<void>;
}

const REMEMBERED = 200;
const HANDLER_LIMIT_MS = 30_000;
const LOST: Outcome = { isDone: false, failure: "The player stopped while it was doing this" };

/** Commands of one credential; calls of `receive` are handled one after the other. */
export function createCommands(deps: CommandDeps): Commands {
  let entries: Journal["entries"] | undefined;
  let queue = Promise.resolve();

  const note = async (id: string, outcome: Outcome | null) => {
    entries = [...(entries ?? []).filter((entry) => entry.id !== id), { id, outcome }].slice(-REMEMBERED);
    await deps.journal.save({ entries });
  };

  const carryOut = async (command: PendingCommand, signal: AbortSignal): Promise<Outcome> => {
    using deadline = createDeadline(deps.clock, signal, HANDLER_LIMIT_MS);
    try {
      await deps.handlers[command.kind](command, deadline.signal);
      return { isDone: true, failure: null };
    } catch (error) {
      return { isDone: false, failure: describe(error) };
    }
  };

  const handle = async (command: PendingCommand, signal: AbortSignal) => {
    entries ??= (await deps.journal.find())?.entries ?? [];
    const known = entries.find((entry) => entry.id === command.id);
    let outcome = known && (known.outcome ?? LOST);
    if (!outcome) {
      if (deps.serverClock.nowMs() > Date.parse(command.expiresAt)) return;
      await note(command.id, null);
      outcome = await carryOut(command, signal);
      signal.throwIfAborted();
      deps.log.info("command", { id: command.id, kind: command.kind, ...outcome });
      await note(command.id, outcome);
    }
    await deps.link.call("commands.acknowledge", { id: command.id, ...outcome }, signal);
  };

  return {
    receive(pending, signal) {
      queue = queue.then(async () => {
        for (const command of pending) {
          if (signal.aborted) return;
          await handle(command, signal).catch((error: unknown) => {
            if (!signal.aborted)
              deps.log.warn("command_not_told", { id: command.id, reason: describe(error) });
          });
        }
      });
      return queue;
    },
  };
}
