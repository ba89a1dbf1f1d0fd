import type {
  DeviceCondition,
  DeviceHardware,
  DeviceVitals,
  PLAYER_STATES,
  SyncProgress,
} from "@vitrine/core/model/device";
import type { ChangeEvent } from "@vitrine/core/model/event";

/** A place in the order of commits: `xid` decimal, then `id`. */
export interface OutboxPosition {
  xid: string;
  id: number;
}

export interface OutboxEntry extends OutboxPosition {
  organizationId: string;
  event: ChangeEvent;
  createdAt: Date;
}

/** The latest word of one screen, whole: it replaces what was stored, unless that was heard later. */
export interface DeviceStatusWrite {
  organizationId: string;
  deviceId: string;
  lastHeardAt: Date;
  bootId: string | null;
  playerState: (typeof PLAYER_STATES)[number] | null;
  condition: DeviceCondition | null;
  isUpToDate: boolean;
  checkedRevision: number | null;
  activeManifest: string | null;
  newestManifest: string | null;
  isStopping: boolean;
  shownAssetId: string | null;
  shownItemId: string | null;
  shownSince: Date | null;
  hardware: DeviceHardware | null;
  vitals: DeviceVitals | null;
  sync: SyncProgress | null;
  faults: { kind: string; text: string }[];
}

/** What crosses organizations by design, each use with its reason in `access/crossings.ts`. */
export interface JobsDatabase extends AsyncDisposable {
  /** Committed entries after the position, in (xid, id) order, none of which can be overtaken by a later commit. */
  readOutbox(after: OutboxPosition | null, limit: number): Promise<OutboxEntry[]>;
  /** Where the outbox ends now: a reader that starts here misses nothing that commits later. */
  outboxEnd(): Promise<OutboxPosition>;
  /** Forgets entries older than the instant; says how many. */
  deleteOutboxBefore(instant: Date): Promise<number>;
  /** Stores the latest word of many screens in one statement; screens that are gone meanwhile are left out. */
  flushDeviceStatus(rows: readonly DeviceStatusWrite[]): Promise<number>;
  /** Screens heard since the instant that did not stop on purpose: what a server that starts takes up. */
  listHeardSince(since: Date): Promise<{ organizationId: string; deviceId: string; lastHeardAt: Date }[]>;
  /** Active organizations, by id. */
  listOrganizations(): Promise<{ organizationId: string; name: string; timeZone: string }[]>;
  /** Marks commands past their expiry; says which screens had one. */
  expireCommands(now: Date): Promise<{ organizationId: string; deviceId: string; id: string }[]>;
  /** Removes sessions past their expiry and pairing requests a day past theirs; says how many. */
  deleteExpired(now: Date): Promise<{ sessions: number; pairingRequests: number }>;
}
