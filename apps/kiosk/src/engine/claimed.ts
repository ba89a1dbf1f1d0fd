import { gzipSync } from "node:zlib";
import type { DeviceHardware } from "@vitrine/core/model/device";
import { DEVICE_PATHS, EVENTS_BATCH, type Hint, PLAYS_BATCH } from "@vitrine/core/model/device-protocol";
import type { EventSpool } from "./events/screen-events.ts";
import { type Command, type CommandHandlers, commandJournal, createCommands } from "./health/commands.ts";
import { type Credential, jsonFile, ticketFile } from "./identity/credential.ts";
import type { Identity } from "./identity/identity.ts";
import { createHeartbeat, type Heartbeat, type HeartbeatInput } from "./link/heartbeat.ts";
import { type Network, toLinkError } from "./link/http.ts";
import { createLink, type Link } from "./link/link.ts";
import { createLive } from "./link/live.ts";
import { describe } from "./platform/log.ts";
import { unreachable } from "./platform/unreachable.ts";
import type { PlaySpool } from "./plays/play-spool.ts";
import { createSender } from "./spool/sender.ts";
import { createSync, type Sync, type SyncDeps } from "./sync/sync.ts";

export interface ClaimedDeps extends Omit<SyncDeps, "link" | "credential"> {
  network: Network;
  serverUrl: string;
  identity: Identity;
  credential: Credential;
  spool: PlaySpool;
  eventSpool: EventSpool;
  bootId: string;
  machineBootId: string | null;
  handlers: Omit<CommandHandlers, "screenshot" | "send_logs" | "clear_cache">;
  /** The newest whole lines of the log, at most so many bytes of them. */
  readLog(limitBytes: number): Promise<Uint8Array>;
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

/** Newest lines of the log that are sent when they are asked for. */
const LOG_BYTES = 1024 * 1024;

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
    for (const sender of senders) sender.now();
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
      clear_cache: (_, limit) => sync.clearCache(limit),
      send_logs: async (command, limit) =>
        upload(link, logsOf(command, await deps.readLog(LOG_BYTES)), limit),
      screenshot: async (command, limit) =>
        upload(link, screenshotOf(command, await deps.capture(limit)), limit),
    },
  });
  const live = createLive({ ...deps, link, onHint: (hint) => onHint(hint) });
  const heartbeat = createHeartbeat({
    link,
    live,
    clock,
    serverClock: deps.serverClock,
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

  const senders = [
    createSender({
      ...deps,
      ...{ name: "plays", batch: PLAYS_BATCH, spool: deps.spool },
      send: (plays, limit) => link.call("plays.report", { plays }, limit),
    }),
    createSender({
      ...deps,
      ...{ name: "events", batch: EVENTS_BATCH, spool: deps.eventSpool },
      send: (events, limit) => link.call("events.report", { events }, limit),
    }),
  ];

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
        live.run(signal),
        ...senders.map((sender) => sender.run(signal)),
      ]);
    },
    async sayGoodbye(limit) {
      await Promise.all([
        ...senders.map((sender) => sender.sendBatch(limit).catch(() => false)),
        heartbeat.sayGoodbye(),
      ]);
    },
    async [Symbol.asyncDispose]() {
      abort.abort(new Error("The link is closed"));
      await running;
    },
  };
}

interface Upload {
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

function screenshotOf({ id }: Command, picture: Uint8Array): Upload {
  const path = `${DEVICE_PATHS.screenshots}/${id}`;
  return { path, headers: { "content-type": "image/jpeg" }, body: new Uint8Array(picture) };
}

function logsOf({ id }: Command, lines: Uint8Array): Upload {
  const path = `${DEVICE_PATHS.logs}/${id}`;
  return { path, headers: { "content-type": "application/gzip" }, body: new Uint8Array(gzipSync(lines)) };
}

async function upload(link: Link, what: Upload, signal: AbortSignal): Promise<void> {
  const limits = { timeoutMs: 100_000, limitBytes: 64 * 1024 };
  const answer = await link.request({ ...what, ...limits, method: "PUT", signal });
  if (answer.status >= 300) throw toLinkError(answer);
}
