import type { Database } from "@vitrine/db/database";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Mac } from "../platform/mac.ts";
import { type ChangeListener, makeChangeBus } from "./change-bus.ts";
import { makePositionSeal } from "./change-position.ts";
import { type OutboxReader, startNotifier } from "./notifier.ts";
import { replayChanges } from "./replay-changes.ts";
import { type StreamMessage, streamChanges } from "./stream-changes.ts";

/** Short words between the processes of one installation: a wake-up or a status, never the truth. */
export type Signals = {
  /** Tells the other processes; lost when the connection is down. Never throws. */
  send(text: string): void;
  /** `onText` gets what the others send, `onGap` whenever something may have been lost. */
  listen(handlers: { onText: (text: string) => void; onGap: () => void }): void;
};

/** Committed changes on their way to open dashboards and to consumers of this process. */
export type EventHub = AsyncDisposable & {
  /** Something was committed here: look at once, and let the other processes look too. */
  wake(): void;
  /**
   * The changes of one organization behind a message's id, without gap or repetition; from now on without an id.
   * Ends when `signal` aborts or the hub is disposed.
   */
  subscribe(
    scope: OrganizationScope,
    afterId: string | undefined,
    signal: AbortSignal,
  ): AsyncIterable<StreamMessage>;
  /**
   * Calls `listener` once for every change committed from now on, of all organizations, in order. It must be quick
   * and must not throw. Gives the function that ends it.
   */
  on(listener: ChangeListener): () => void;
  /** Says to open dashboards that these screens have a new status: within a second, all of a second together. */
  publishStatus(organizationId: string, deviceIds: readonly string[]): void;
  /** Tells the other processes that these screens opened sessions here. */
  publishSession(deviceId: string): void;
  /**
   * Calls `listener` for every session that another process tells of; with undefined whenever such a word may have
   * been lost. Gives the function that ends it.
   */
  onSession(listener: (deviceId: string | undefined) => void): () => void;
  /** Every change committed before this instant (epoch ms) has reached the listeners. */
  settledAtMs(): number;
  /** Ends every stream, and each that begins from now on; the rest goes on until the hub is disposed. */
  closeStreams(): void;
  /** Open streams of this process. */
  streamCount(): number;
};

export type EventHubDeps = {
  database: Database;
  outbox: OutboxReader;
  signals: Signals;
  mac: Mac;
  clock: Clock;
  log: Log;
  pollEveryMs?: number;
};

const STATUS_EVERY_MS = 1_000;
const WAKE_OTHERS_EVERY_MS = 40;
/** A NOTIFY carries at most 8,000 bytes; an id takes 39 of them. */
const STATUS_IDS = 150;

/** Starts telling changes; those committed before the start are not told to listeners. */
export async function startEventHub(deps: EventHubDeps): Promise<EventHub> {
  const { database, signals, clock, log } = deps;
  const bus = makeChangeBus(log);
  const notifier = await startNotifier({ ...deps, publish: bus.publish });
  const streamDeps = {
    bus,
    seal: makePositionSeal(deps.mac),
    clock,
    replay: replayChanges.bind(undefined, database),
  };

  const wakeOthers = throttle(WAKE_OTHERS_EVERY_MS, () => signals.send("wake"));
  const statuses = new Map<string, Set<string>>();
  const tellStatuses = throttle(STATUS_EVERY_MS, () => {
    for (const [organizationId, ids] of statuses) {
      const deviceIds = [...ids];
      bus.publishStatus(organizationId, deviceIds);
      for (let from = 0; from < deviceIds.length; from += STATUS_IDS) {
        const part = deviceIds.slice(from, from + STATUS_IDS);
        signals.send(JSON.stringify({ organizationId, deviceIds: part } satisfies StatusSignal));
      }
    }
    statuses.clear();
  });
  const opened = new Set<string>();
  const tellSessions = throttle(WAKE_OTHERS_EVERY_MS, () => {
    const ids = [...opened];
    opened.clear();
    for (let from = 0; from < ids.length; from += STATUS_IDS) {
      signals.send(
        JSON.stringify({ sessionsOf: ids.slice(from, from + STATUS_IDS) } satisfies SessionSignal),
      );
    }
  });
  const sessionListeners = new Set<(deviceId: string | undefined) => void>();
  const hearSession = (deviceId: string | undefined) => {
    for (const listener of sessionListeners) listener(deviceId);
  };
  signals.listen({
    onGap() {
      notifier.wake();
      hearSession(undefined);
    },
    onText(text) {
      if (text === "wake") return notifier.wake();
      const word = readSignal(text);
      if (word === undefined) return;
      if ("sessionsOf" in word) return word.sessionsOf.forEach(hearSession);
      bus.publishStatus(word.organizationId, word.deviceIds);
    },
  });

  return {
    wake() {
      notifier.wake();
      wakeOthers.call();
    },
    subscribe: (scope, afterId, signal) => streamChanges(streamDeps, scope, afterId, signal),
    on: bus.on,
    publishStatus(organizationId, deviceIds) {
      const waiting = statuses.get(organizationId) ?? new Set();
      statuses.set(organizationId, waiting);
      for (const id of deviceIds) waiting.add(id);
      tellStatuses.call();
    },
    publishSession(deviceId) {
      opened.add(deviceId);
      tellSessions.call();
    },
    onSession(listener) {
      sessionListeners.add(listener);
      return () => sessionListeners.delete(listener);
    },
    settledAtMs: notifier.settledAtMs,
    closeStreams: bus.close,
    streamCount: bus.streamCount,
    async [Symbol.asyncDispose]() {
      wakeOthers.stop();
      tellStatuses.stop();
      tellSessions.stop();
      bus.close();
      await notifier[Symbol.asyncDispose]();
    },
  };
}

const statusSignal = z.strictObject({ organizationId: z.uuid(), deviceIds: z.array(z.uuid()) });
type StatusSignal = z.infer<typeof statusSignal>;

const sessionSignal = z.strictObject({ sessionsOf: z.array(z.uuid()) });
type SessionSignal = z.infer<typeof sessionSignal>;
const signal = z.union([statusSignal, sessionSignal]);

function readSignal(text: string): z.infer<typeof signal> | undefined {
  try {
    return signal.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Runs `work` at once, and again at the end of each interval in which it was called. */
function throttle(intervalMs: number, work: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  const run = () => {
    isDue = false;
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (isDue) run();
    }, intervalMs);
  };
  return {
    call() {
      if (timer) isDue = true;
      else run();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
