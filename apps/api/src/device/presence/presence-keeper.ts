import type { Heartbeat } from "@vitrine/core/model/device-protocol";
import { OFFLINE_AFTER_MS } from "../../features/devices/status.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { DeviceStatusWrite } from "../../system/write-presence.ts";
import type { Screen, Screens } from "../screens.ts";
import type { Contact } from "./contact-log.ts";
import { type BeatContext, type PresenceSeed, takeBeat } from "./presence.ts";

/** Who is there, in memory; written to the database in one statement every few seconds. */
export type PresenceKeeper = AsyncDisposable & {
  /** Takes a beat; `seed` is what the database remembers, where this process remembers nothing. */
  beat(
    screen: Screen,
    beat: Heartbeat,
    context: Omit<BeatContext, "organizationId" | "deviceId" | "nowMs">,
    seed?: PresenceSeed,
  ): void;
  /** Takes up screens that were there before this process started, so that their silence is told. */
  expect(heard: readonly { organizationId: string; deviceId: string; lastHeardAt: Date }[]): void;
  /** Writes what is not yet written. */
  flush(): Promise<void>;
};

export type PresenceKeeperDeps = {
  screens: Screens;
  clock: Clock;
  log: Log;
  /** Writes the latest word of screens of all organizations; may leave out rows that cannot be stored. */
  write(rows: readonly DeviceStatusWrite[]): Promise<void>;
  /** Adds to the histories of screens of all organizations. */
  writeContacts(contacts: readonly Contact[]): Promise<void>;
  /** Tells open dashboards that these screens look different now. */
  publishStatus(organizationId: string, deviceIds: readonly string[]): void;
  flushEveryMs?: number;
  /** How long a change waits for others, and how far apart changes are written at least. */
  changedAfterMs?: number;
  changedGapMs?: number;
  sweepEveryMs?: number;
};

/** A screen that neither streams nor calls for this long is forgotten here; the database knows it. */
const FORGET_AFTER_MS = 10 * 60_000;
/** While the database is away, at most this many comings and goings wait; the oldest are let go. */
const MAX_CONTACTS = 50_000;

/** Starts keeping; disposing it writes the rest. */
export function startPresenceKeeper(deps: PresenceKeeperDeps): PresenceKeeper {
  const {
    screens,
    clock,
    log,
    flushEveryMs = 5_000,
    changedAfterMs = 100,
    changedGapMs = 1_000,
    sweepEveryMs = 5_000,
  } = deps;
  const unwritten = new Set<Screen>();
  const changed = new Set<Screen>();
  let contacts: Contact[] = [];
  let flushing: Promise<void> | undefined;
  let changesWrittenAtMs = Number.NEGATIVE_INFINITY;
  let soon: NodeJS.Timeout | undefined;

  const writeAll = async () => {
    const taken = [...unwritten];
    const told = [...changed];
    unwritten.clear();
    changed.clear();
    const rows = taken.flatMap(({ presence }) => presence?.pending ?? []);
    try {
      if (rows.length > 0) await deps.write(rows);
    } catch (error) {
      for (const screen of taken) unwritten.add(screen);
      for (const screen of told) changed.add(screen);
      throw error;
    }
    await writeContacts();
    const written = new Set(rows);
    for (const screen of taken) {
      const { presence } = screen;
      if (presence?.pending && written.has(presence.pending))
        screen.presence = { ...presence, pending: undefined };
    }
    tell(told);
  };
  const writeContacts = async () => {
    const taken = contacts;
    contacts = [];
    try {
      if (taken.length > 0) await deps.writeContacts(taken);
    } catch (error) {
      // Written in part, perhaps: what is known already is left out the next time.
      contacts = [...taken, ...contacts].slice(-MAX_CONTACTS);
      throw error;
    }
  };
  const note = (
    { organizationId, deviceId }: Screen,
    contact: Omit<Contact, "organizationId" | "deviceId">,
  ) => {
    contacts.push({ organizationId, deviceId, ...contact });
  };
  const tell = (told: readonly Screen[]) => {
    for (const [organizationId, some] of Map.groupBy(told, (screen) => screen.organizationId)) {
      deps.publishStatus(
        organizationId,
        some.map(({ deviceId }) => deviceId),
      );
    }
  };
  const flush = async () => {
    // What came after the flush under way had begun is written by the next one.
    while (flushing) await flushing.catch(() => {});
    flushing = writeAll().finally(() => {
      flushing = undefined;
    });
    await flushing;
  };
  const flushOrWarn = () => {
    flush().catch((error: unknown) => log.warn({ err: error }, "presence was not written; trying again"));
  };
  const flushSoon = () => {
    const gapMs = changesWrittenAtMs + changedGapMs - performance.now();
    soon ??= setTimeout(
      () => {
        soon = undefined;
        changesWrittenAtMs = performance.now();
        flushOrWarn();
      },
      Math.max(changedAfterMs, gapMs),
    );
  };

  const sweep = () => {
    const nowMs = clock.nowMs();
    const silent: Screen[] = [];
    for (const screen of screens.all()) {
      if (screen.isHeard && nowMs - screen.lastHeardMs > OFFLINE_AFTER_MS) {
        screen.isHeard = false;
        note(screen, { kind: "lost", at: new Date(screen.lastHeardMs), reason: "connection_lost" });
        silent.push(screen);
      }
      const isGone = !screen.stream && nowMs - screen.lastContactMs > FORGET_AFTER_MS;
      if (isGone && !unwritten.has(screen)) screens.drop(screen);
    }
    tell(silent);
  };
  const timers = [setInterval(flushOrWarn, flushEveryMs), setInterval(sweep, sweepEveryMs)];

  return {
    beat(screen, beat, context, seed) {
      const { organizationId, deviceId, presence: before, isHeard: wasHeard } = screen;
      const nowMs = clock.nowMs();
      const presence = takeBeat(before ?? seed, beat, { ...context, organizationId, deviceId, nowMs });
      screen.presence = presence;
      screen.lastHeardMs = nowMs;
      screen.isHeard = !beat.isStopping;
      const lostAt = before === undefined && !wasHeard ? seed?.lastHeardAt : undefined;
      if (lostAt && nowMs - lostAt.getTime() > OFFLINE_AFTER_MS) {
        note(screen, { kind: "lost", at: lostAt, reason: "connection_lost" });
      }
      if (!wasHeard) note(screen, { kind: "connected", at: new Date(nowMs) });
      if (beat.isStopping) note(screen, { kind: "lost", at: new Date(nowMs), reason: "stopped_on_purpose" });
      unwritten.add(screen);
      if (before?.look === presence.look && wasHeard === screen.isHeard) return;
      changed.add(screen);
      flushSoon();
    },
    expect(heard) {
      for (const { organizationId, deviceId, lastHeardAt } of heard) {
        const screen = screens.open({ organizationId, deviceId });
        if (screen.isHeard) continue;
        screen.lastContactMs = clock.nowMs();
        screen.lastHeardMs = lastHeardAt.getTime();
        screen.isHeard = true;
      }
    },
    flush,
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      clearTimeout(soon);
      await flush();
    },
  };
}
