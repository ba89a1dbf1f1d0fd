import { ACTOR_KINDS, CHECK_STATES, type CheckFault, type CheckState } from "@vitrine/core/model/audit";
import type { ChangeEvent } from "@vitrine/core/model/event";
import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant, isOneOf, transactionId } from "./columns.ts";
import { organizationKey } from "./organizations.ts";
import { tenantTable } from "./tenant-table.ts";

/**
 * Showings as screens reported them; (boot, sequence) counts on the screen, so that sending twice counts once.
 * No references: a play of something deleted meanwhile still happened and is never refused.
 */
export const plays = tenantTable(
  "plays",
  {
    deviceId: uuid("device_id").notNull(),
    bootId: uuid("boot_id").notNull(),
    sequence: integer("sequence").notNull(),
    assetId: uuid("asset_id").notNull(),
    itemId: uuid("item_id"),
    playlistId: uuid("playlist_id"),
    startedAt: instant("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    isWhole: boolean("is_whole").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  ["deviceId", "bootId", "sequence"],
  (keys) => [
    keys.brin("plays_by_time", "startedAt"),
    keys.check("plays_duration", sql`duration_ms >= 0 and sequence >= 0`),
  ],
);

/** Plays summed by the UTC hour in which they started. */
export const playsHourly = tenantTable(
  "plays_hourly",
  {
    assetId: uuid("asset_id").notNull(),
    deviceId: uuid("device_id").notNull(),
    hour: instant("hour").notNull(),
    playCount: integer("play_count").notNull(),
    shownMs: bigint("shown_ms", { mode: "number" }).notNull(),
  },
  ["assetId", "deviceId", "hour"],
  (keys) => [
    keys.index("plays_hourly_by_hour", "hour", "assetId"),
    keys.index("plays_hourly_by_device", "deviceId", "hour"),
  ],
);

/**
 * Changes to be told, written in the transaction that makes them. Ids are given before the commit and so
 * commit out of order: who reads from snapshot to snapshot, by what the later sees and the earlier did not, misses nothing.
 */
export const outbox = tenantTable(
  "outbox",
  {
    id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    xid: transactionId("xid").notNull().default(sql`pg_current_xact_id()`),
    event: jsonb("event").$type<ChangeEvent>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  ["id"],
  (keys) => [keys.crossTenantIndex("outbox_in_commit_order", "xid", "id")],
);

/**
 * Who did what to which thing: added and read, never changed. Each is chained to the one before it in its organization
 * by a trigger (`access/triggers.ts`), which gives `sequence` (from 1, without gaps) and `hash`, whatever is written there.
 */
export const auditEvents = tenantTable(
  "audit_events",
  {
    sequence: bigint("sequence", { mode: "number" }).notNull().default(0),
    id: uuid("id").notNull(),
    actorKind: text("actor_kind").$type<(typeof ACTOR_KINDS)[number]>().notNull(),
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    subjectId: text("subject_id"),
    before: jsonb("before").$type<unknown>(),
    after: jsonb("after").$type<unknown>(),
    requestId: text("request_id"),
    remoteAddress: text("remote_address"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** As `core/audit/canonical.ts` says. */
    hash: bytes("hash").notNull().default(sql`''`),
  },
  ["sequence"],
  (keys) => [
    keys.check("audit_events_actor_kind", isOneOf("actor_kind", ACTOR_KINDS)),
    keys.index("audit_events_newest", "createdAt", "sequence"),
    keys.index("audit_events_by_actor", "actorId", "createdAt", "sequence"),
    keys.index("audit_events_by_subject", "subject", "subjectId", "createdAt", "sequence"),
  ],
);

/**
 * Verifications of the organization's audit chain, the newest of which the dashboard shows. `fault` is null while
 * nothing is known to be wrong; the anchors are outside the database (`fault` of kind `anchors`: their file is damaged).
 */
export const auditChecks = tenantTable(
  "audit_checks",
  {
    id: uuid("id").notNull(),
    state: text("state").$type<CheckState>().notNull().default("waiting"),
    startedAt: instant("started_at").notNull().defaultNow(),
    startedByName: text("started_by_name").notNull(),
    finishedAt: instant("finished_at"),
    events: bigint("events", { mode: "number" }),
    anchors: integer("anchors"),
    fault: jsonb("fault").$type<CheckFault>(),
  },
  ["id"],
  (keys) => [
    keys.reference("audit_checks_organization", [], organizationKey, "part"),
    keys.index("audit_checks_newest", "startedAt", "id"),
    keys.check("audit_checks_state", isOneOf("state", CHECK_STATES)),
  ],
);
