import * as z from "zod";
import { AUDIT_ACTIONS, type AuditArea } from "../audit/actions.ts";
import { SUBJECTS } from "./event.ts";
import { id, instant, sha256 } from "./ids.ts";
import { pageInput, searchText } from "./paging.ts";

/** What an event can be about: what changes are told of, and the record itself. */
export const AUDIT_SUBJECTS = [...SUBJECTS, "audit"] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

export const ACTOR_KINDS = ["user", "apiKey", "device", "system"] as const;
export const actorKind = z.enum(ACTOR_KINDS);

/** What people narrow the record by. `from` and `until` are half-open; `search` finds in names, addresses and values. */
export const auditFilter = z.strictObject({
  search: searchText,
  actorId: id.optional(),
  area: z.enum(Object.keys(AUDIT_ACTIONS) as [AuditArea, ...AuditArea[]]).optional(),
  action: z.string().max(60).optional(),
  subject: z.enum(AUDIT_SUBJECTS).optional(),
  subjectId: id.optional(),
  from: instant.optional(),
  until: instant.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;
export const listAuditInput = pageInput.extend(auditFilter.shape);

/** One event as a line of a list. `subjectName`: what its thing is called now, or was then if it is gone; null: it has no name. */
export const auditRow = z.strictObject({
  sequence: z.int().min(1),
  id,
  at: instant,
  actorKind,
  actorId: id.nullable(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  remoteAddress: z.string().nullable(),
});
export type AuditRow = z.infer<typeof auditRow>;

/** An event whole. */
export const auditEventView = auditRow.extend({
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string().nullable(),
  hash: sha256,
});
export type AuditEventView = z.infer<typeof auditEventView>;
export const auditEventInput = z.strictObject({ sequence: z.int().min(1) });

/**
 * Newest first. A text is looked for in a bounded number of events at a time: `searchedTo` is the instant up to which it
 * was, where that was not all; then there may be a next page though this one has few rows or none.
 */
export const auditPage = z.strictObject({
  rows: z.array(auditRow),
  nextCursor: z.string().nullable(),
  searchedTo: instant.nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** Who has done something here lately, by name: to narrow the record by. */
export const auditActor = z.strictObject({ id, kind: actorKind, name: z.string() });
export type AuditActor = z.infer<typeof auditActor>;

/** The end of an organization's chain: keep it elsewhere, and nothing before it can be changed unseen. */
export const auditHead = z.strictObject({
  sequence: z.int().min(0),
  hash: sha256,
  at: instant.nullable(),
});
export type AuditHead = z.infer<typeof auditHead>;

export const CHECK_STATES = ["waiting", "running", "finished", "failed"] as const;
export type CheckState = (typeof CHECK_STATES)[number];

const bad = { sequence: z.int() };
const since = { anchoredAt: instant, anchoredSequence: z.int() };
/** What a verification found: a fault of the chain (`ChainFault`), or of the file of anchors, at its line. */
export const checkFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("changed"), ...bad, id: z.string() }),
  z.strictObject({ kind: z.literal("missing"), ...bad, id: z.null(), nextId: z.string() }),
  z.strictObject({
    kind: z.literal("outOfOrder"),
    ...bad,
    id: z.string().nullable(),
    belongsHereId: z.string(),
  }),
  z.strictObject({ kind: z.literal("cutOff"), ...bad, id: z.null(), ...since, provenSequence: z.int() }),
  z.strictObject({ kind: z.literal("rewritten"), ...bad, id: z.string(), ...since }),
  z.strictObject({ kind: z.literal("anchors"), line: z.int() }),
]);
export type CheckFault = z.infer<typeof checkFault>;

/** One verification of the chain; `events`, `anchors` and `head` once it is finished. */
export const auditCheck = z.strictObject({
  id,
  state: z.enum(CHECK_STATES),
  startedAt: instant,
  startedByName: z.string(),
  finishedAt: instant.nullable(),
  events: z.int().nullable(),
  anchors: z.int().nullable(),
  fault: checkFault.nullable(),
});
export type AuditCheck = z.infer<typeof auditCheck>;

/** What the page says of the record as a whole. */
export const auditState = z.strictObject({ head: auditHead, check: auditCheck.nullable() });
export type AuditState = z.infer<typeof auditState>;
