import { GENESIS_HASH } from "@vitrine/core/audit/canonical";
import type {
  AuditActor,
  AuditEventView,
  AuditPage,
  AuditRow,
  AuditState,
  listAuditInput,
} from "@vitrine/core/model/audit";
import { appError } from "@vitrine/core/model/errors";
import type { Database } from "@vitrine/db/database";
import { auditChecks, auditEvents } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { auditCondition, hasText } from "./audit-filter.ts";
import { namesOfSubjects } from "./names-of-subjects.ts";
import { toCheck } from "./verify.ts";

/** A text is looked for in this many events before the page ends; the next goes on behind them. */
const SEARCHED_AT_ONCE = 20_000;
/** Who acted is taken from this many of the newest events, and at most so many are told. */
const ACTORS_FROM = 10_000;
const MAX_ACTORS = 200;

const NEWEST = [desc(auditEvents.createdAt), desc(auditEvents.sequence)];
const cursorKey = z.tuple([z.iso.datetime({ precision: 3 }), z.int()]);

/** Events that match, newest first. Errors: INVALID_INPUT for a cursor of another list. */
export async function listEvents(
  database: Database,
  scope: OrganizationScope,
  { cursor, limit, search, ...filter }: z.infer<typeof listAuditInput>,
): Promise<AuditPage> {
  const after = decodeCursor(cursor, cursorKey);
  const condition = and(
    auditCondition(scope, filter),
    after &&
      sql`(${auditEvents.createdAt}, ${auditEvents.sequence}) < (${after[0]}::timestamptz, ${after[1]}::bigint)`,
  );
  const { found, edge } =
    search === undefined
      ? { found: await readRows(database, scope, condition, limit + 1), edge: undefined }
      : await searchRows(database, scope, condition, search, limit + 1);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : edge;
  const names = await namesOfSubjects(
    database,
    scope,
    shown.map(({ subjectId }) => subjectId),
  );
  return {
    rows: shown.map((row) => toRow(row, names)),
    nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.sequence]) : null,
    searchedTo: last === edge && edge ? edge.createdAt.toISOString() : null,
  };
}

/** One event, whole. Errors: NOT_FOUND. */
export async function getEvent(
  database: Database,
  scope: OrganizationScope,
  sequence: number,
): Promise<AuditEventView> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({
        ...ROW,
        before: auditEvents.before,
        after: auditEvents.after,
        requestId: auditEvents.requestId,
        hash: auditEvents.hash,
      })
      .from(auditEvents)
      .where(and(eq(auditEvents.organizationId, scope.organizationId), eq(auditEvents.sequence, sequence))),
  ]);
  const event = rows[0];
  if (!event) throw appError("NOT_FOUND");
  const { before, after, requestId, hash } = event;
  const names = await namesOfSubjects(database, scope, [event.subjectId]);
  return { ...toRow(event, names), before, after, requestId, hash: hash.toString("hex") };
}

/** Who acted lately, by name. */
export async function listActors(
  database: Database,
  scope: OrganizationScope,
): Promise<{ rows: AuditActor[] }> {
  const [rows] = await database.batch(scope, (q) => {
    const lately = q
      .select({
        id: auditEvents.actorId,
        kind: auditEvents.actorKind,
        name: auditEvents.actorName,
        sequence: auditEvents.sequence,
      })
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, scope.organizationId))
      .orderBy(...NEWEST)
      .limit(ACTORS_FROM)
      .as("lately");
    return [
      q
        .selectDistinctOn([lately.id], { id: lately.id, kind: lately.kind, name: lately.name })
        .from(lately)
        .where(isNotNull(lately.id))
        .orderBy(lately.id, desc(lately.sequence))
        .limit(MAX_ACTORS),
    ];
  });
  const actors = rows.flatMap(({ id, kind, name }) => (id === null ? [] : [{ id, kind, name }]));
  return { rows: actors.sort((one, other) => one.name.localeCompare(other.name)) };
}

/** Where the chain ends, and the newest verification of it. */
export async function readState(database: Database, scope: OrganizationScope): Promise<AuditState> {
  const [heads, checks] = await database.batch(scope, (q) => [
    q
      .select({ sequence: auditEvents.sequence, hash: auditEvents.hash, at: auditEvents.createdAt })
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, scope.organizationId))
      .orderBy(desc(auditEvents.sequence))
      .limit(1),
    q
      .select()
      .from(auditChecks)
      .where(eq(auditChecks.organizationId, scope.organizationId))
      .orderBy(desc(auditChecks.startedAt), desc(auditChecks.id))
      .limit(1),
  ]);
  const [head] = heads;
  const [check] = checks;
  return {
    head: head
      ? { sequence: head.sequence, hash: head.hash.toString("hex"), at: head.at.toISOString() }
      : { sequence: 0, hash: GENESIS_HASH, at: null },
    check: check ? toCheck(check) : null,
  };
}

const ROW = {
  sequence: auditEvents.sequence,
  id: auditEvents.id,
  createdAt: auditEvents.createdAt,
  actorKind: auditEvents.actorKind,
  actorId: auditEvents.actorId,
  actorName: auditEvents.actorName,
  action: auditEvents.action,
  subject: auditEvents.subject,
  subjectId: auditEvents.subjectId,
  remoteAddress: auditEvents.remoteAddress,
  nameThen: sql<
    string | null
  >`coalesce(${auditEvents.after} ->> 'name', ${auditEvents.before} ->> 'name')`.as("name_then"),
};
type Row = Omit<AuditRow, "at" | "subjectName"> & { createdAt: Date; nameThen: string | null };
type Condition = ReturnType<typeof auditCondition>;

async function readRows(database: Database, scope: OrganizationScope, condition: Condition, limit: number) {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select(ROW)
      .from(auditEvents)
      .where(condition)
      .orderBy(...NEWEST)
      .limit(limit),
  ]);
  return rows;
}

/** Rows that have the text among the next `SEARCHED_AT_ONCE`, and the last of these where there may be more behind it. */
async function searchRows(
  database: Database,
  scope: OrganizationScope,
  condition: Condition,
  text: string,
  limit: number,
) {
  const [found, edges] = await database.batch(scope, (q) => {
    const near = q
      .select({
        ...ROW,
        before: auditEvents.before,
        after: auditEvents.after,
        requestId: auditEvents.requestId,
      })
      .from(auditEvents)
      .where(condition)
      .orderBy(...NEWEST)
      .limit(SEARCHED_AT_ONCE)
      .as("near");
    return [
      q
        .select({
          sequence: near.sequence,
          id: near.id,
          createdAt: near.createdAt,
          actorKind: near.actorKind,
          actorId: near.actorId,
          actorName: near.actorName,
          action: near.action,
          subject: near.subject,
          subjectId: near.subjectId,
          remoteAddress: near.remoteAddress,
          nameThen: near.nameThen,
        })
        .from(near)
        .where(hasText(near, text))
        .orderBy(desc(near.createdAt), desc(near.sequence))
        .limit(limit),
      q
        .select({ createdAt: auditEvents.createdAt, sequence: auditEvents.sequence })
        .from(auditEvents)
        .where(condition)
        .orderBy(...NEWEST)
        .limit(1)
        .offset(SEARCHED_AT_ONCE - 1),
    ];
  });
  return { found, edge: edges[0] };
}

function toRow({ createdAt, nameThen, ...row }: Row, names: ReadonlyMap<string, string>): AuditRow {
  const { sequence, id, actorKind, actorId, actorName, action, subject, subjectId, remoteAddress } = row;
  const subjectName = names.get(subjectId ?? "") ?? nameThen;
  return {
    sequence,
    id,
    at: createdAt.toISOString(),
    actorKind,
    actorId,
    actorName,
    action,
    subject,
    subjectId,
    subjectName,
    remoteAddress,
  };
}
