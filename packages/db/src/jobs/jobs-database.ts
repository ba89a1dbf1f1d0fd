import type { ChainedEvent } from "@vitrine/core/audit/verify-chain";
import type {
  CommandKind,
  DeviceCondition,
  DeviceHardware,
  DeviceVitals,
  PLAYER_STATES,
  SyncProgress,
} from "@vitrine/core/model/device";
import type { DisplayReport, UpdateReport } from "@vitrine/core/model/device-health";
import type { ChangeEvent } from "@vitrine/core/model/event";
import type { WrappedDataKey } from "../auth/auth-database.ts";
import type { ChainHead, ChainPlace } from "./read-audit.ts";

/** A place among entries in the order of their transactions: `xid` decimal, then `id`. */
export interface OutboxPosition {
  xid: string;
  id: number;
}

export interface OutboxEntry extends OutboxPosition {
  organizationId: string;
  event: ChangeEvent;
  /** The organization's content revision when this was read: that of the entry, or a newer one. */
  contentRevision: number;
}

/** Entries that one snapshot (text of `pg_snapshot`) does not see and a later one does. */
export interface OutboxRange {
  after: string;
  /** Absent: the newest snapshot, which the answer names. */
  upTo?: string;
  /** Only entries behind this one. */
  behind?: OutboxPosition;
  limit: number;
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
  shownEntryId: string | null;
  shownSince: Date | null;
  hardware: DeviceHardware | null;
  vitals: DeviceVitals | null;
  sync: SyncProgress | null;
  isRecovering: boolean;
  display: DisplayReport | null;
  update: UpdateReport | null;
  faults: { kind: string; text: string }[];
}

/** A data key and whose secrets it seals: null for secrets that belong to no organization. */
export interface HeldDataKey extends WrappedDataKey {
  organizationId: string | null;
}

export type ExpiredCounts = Record<
  "sessions" | "pairingRequests" | "accountLinks" | "accountEvents" | "knownDevices",
  number
>;

/** What crosses organizations by design, each use with its reason in `access/crossings.ts`. */
export interface JobsDatabase extends AsyncDisposable {
  /**
   * Committed entries in (xid, id) order, with the snapshot up to which they are complete. Going from snapshot to
   * snapshot misses nothing and repeats nothing, whatever order transactions commit in, and no open one holds others back.
   */
  readOutbox(range: OutboxRange): Promise<{ upTo: string; entries: OutboxEntry[] }>;
  /** What is committed now, as the text of a `pg_snapshot`: where a reader of the outbox starts. */
  currentSnapshot(): Promise<string>;
  /** Forgets entries older than the instant; says how many. */
  deleteOutboxBefore(instant: Date): Promise<number>;
  /** Stores the latest word of many screens in at most two statements; screens that are gone meanwhile are left out. */
  flushDeviceStatus(rows: readonly DeviceStatusWrite[]): Promise<number>;
  /** Screens heard since the instant that did not stop on purpose: what a server that starts takes up. */
  listHeardSince(since: Date): Promise<{ organizationId: string; deviceId: string; lastHeardAt: Date }[]>;
  /** At most `limit` audit events of one organization behind a place, in the order of the chain. */
  readChain(range: { organizationId: string; after?: ChainPlace; limit: number }): Promise<ChainedEvent[]>;
  /** Where the audit chains of at most `limit` organizations end, by the organizations' ids, behind one. */
  readChainHeads(range: { after: string; limit: number }): Promise<ChainHead[]>;
  /** Active organizations, by id. */
  listOrganizations(): Promise<{ organizationId: string; name: string; timeZone: string }[]>;
  /** At most `limit` trusted domains that were last looked at before the instant, the longest ago first. */
  listDomainsCheckedBefore(
    instant: Date,
    limit: number,
  ): Promise<{ organizationId: string; domain: string }[]>;
  /** Marks commands past their expiry; says which screens had which. */
  expireCommands(
    now: Date,
  ): Promise<{ organizationId: string; deviceId: string; id: string; kind: CommandKind }[]>;
  /** At most `limit` data keys of all organizations, and of none, that are not under the key-encryption key named. */
  listDataKeysNotUnder(wrappedBy: string, limit: number): Promise<HeldDataKey[]>;
  /** Puts a data key under another key-encryption key. */
  rewrapDataKey(key: HeldDataKey): Promise<void>;
  /**
   * Removes sessions past their expiry, pairing requests a day and links for accounts 30 days past theirs (longer than
   * a job for one is kept), events of accounts after 90 days and browsers not signed in from for 400; says how many.
   */
  deleteExpired(now: Date): Promise<ExpiredCounts>;
}
