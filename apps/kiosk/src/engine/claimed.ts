import type { DeviceHardware } from "@vitrine/core/model/device";
import { DEVICE_PATHS, type Hint } from "@vitrine/core/model/device-protocol";
import { type Command, type CommandHandlers, commandJournal, createCommands } from "./health/commands.ts";
import { type Credential, jsonFile, ticketFile } from "./identity/credential.ts";
import type { Identity } from "./identity/identity.ts";
import { createHeartbeat, type Heartbeat, type HeartbeatInput } from "./link/heartbeat.ts";
import { followHints } from "./link/hints.ts";
import { toLinkError } from "./link/http.ts";
import { createLink, type Link } from "./link/link.ts";
import { describe } from "./platform/log.ts";
import { unreachable } from "./platform/unreachable.ts";
import { createSender, sendBatch } from "./plays/sender.ts";
import type { Spool } from "./plays/spool.ts";
import { createSync, type Sync, type SyncDeps } from "./sync/sync.ts";

export interface ClaimedDeps extends Omit<SyncDeps, "link" | "credential"> {
  network: { fetch(url: string, init: RequestInit): Promise<Response> };
  serverUrl: string;
  identity: Identity;
  credential: Credential;
  spool: Spool;
  bootId: string;
  machineBootId: string | null;
  handlers: Omit<CommandHandlers, "screenshot" | "send_logs" | "clear_cache">;
  /** A JPEG of what is on the glass. */
  capture(signal: AbortSignal): Promise<Uint8Array>;
  hardware(): DeviceHardware;
  composeBeat(sync: Sync): Promise<Omit<HeartbeatInput, "faults" | "hardware" | "isStopping">>;
  onRevoked(): void;
  onReachable(isReachable: boolean): void;
}

/** All that a claimed screen does with its server. Made idle; `start` sets it going, disposal ends it. */
export interface Claimed extends AsyncDisposable {
  readonly credential: Credential;
  readonly sync: Sync;
  readonly heartbeat: Heartbeat;
  start(): void;
  /** The last words before an orderly stop: plays that wait, and a heartbeat that says so. */
  sayGoodbye(signal: AbortSignal): Promise<void>;
}

/** What belongs to one credential and ends with it. */
export function createClaimed(deps: ClaimedDeps): Claimed {
  const { log, clock, random } = deps;
  const abort = new AbortController();
  const { signal } = abort;
  let wasReachable = true;
  /** The server is back: whatever waits for its turn in a back-off is tried at once. */
  const catchUp = () => {
    sync.nudge();
    heartbeat.now();
    sender.now();
  };
  const link = createLink({
    ...deps,
    tickets: ticketFile(deps.files),
    onRevoked: () => {
      if (!signal.aborted) deps.onRevoked();
    },
    onReachable: (isReachable) => {
      if (signal.aborted) return;
      const isBack = isReachable && !wasReachable;
      wasReachable = isReachable;
      deps.onReachable(isReachable);
      if (isBack) catchUp();
    },
  });
  const sync = createSync({ ...deps, link });
  const commands = createCommands({
    ...deps,
    link,
    journal: jsonFile(deps.files, "commands.json", commandJournal),
    handlers: {
      ...deps.handlers,
      clear_cache: async () => {
        throw new Error("This version of the player cannot clear its cache");
      },
      send_logs: async () => {
        throw new Error("This version of the player cannot send its logs");
      },
      screenshot: async (command, limit) => uploadScreenshot(link, command, await deps.capture(limit), limit),
    },
  });
  const heartbeat = createHeartbeat({
    link,
    clock,
    random,
    log,
    compose: async (isStopping) => ({
      ...(await deps.composeBeat(sync)),
      hardware: deps.hardware(),
      faults: deps.faults.list(),
      isStopping,
    }),
    onAnswer({ manifestEtag, commands: pending }) {
      if (manifestEtag !== null) sync.nudge(manifestEtag);
      void commands.receive(pending, signal);
    },
  });

  const sender = createSender({ link, clock, random, log, spool: deps.spool });

  const onHint = (hint: Hint) => {
    switch (hint.kind) {
      case "hello":
        sync.nudge();
        return heartbeat.now();
      case "manifest":
        return sync.nudge();
      case "commands":
        return heartbeat.now();
      case "revoked":
        return void link.checkCredential(signal).catch((error: unknown) => {
          if (!signal.aborted) log.warn("revocation_not_confirmed", { reason: describe(error) });
        });
      case "goodbye":
        return;
      default:
        return unreachable(hint);
    }
  };

  let running: Promise<unknown> = Promise.resolve();
  return {
    credential: deps.credential,
    sync,
    heartbeat,
    start() {
      running = Promise.all([
        sync.run(signal),
        heartbeat.run(signal),
        followHints({ link, clock, random, log, onHint }, signal),
        sender.run(signal),
      ]);
    },
    async sayGoodbye(limit) {
      await Promise.all([
        sendBatch({ link, clock, random, log, spool: deps.spool }, limit).catch(() => false),
        heartbeat.sayGoodbye(),
      ]);
    },
    async [Symbol.asyncDispose]() {
      abort.abort(new Error("The link is closed"));
      await running;
    },
  };
}

async function uploadScreenshot(
  link: Link,
  command: Command,
  picture: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const answer = await link.request({
    path: `${DEVICE_PATHS.screenshots}/${command.id}`,
    method: "PUT",
    headers: { "content-type": "image/jpeg" },
    body: new Uint8Array(picture),
    timeoutMs: 30_000,
    limitBytes: 64 * 1024,
    signal,
  });
  if (answer.status >= 300) throw toLinkError(answer);
}
