/**
 * The canonical form of audit events, version 1. An event is written as one JSON object, each hash of a chain is
 *
 *   hash = SHA-256( UTF-8( previous hash, 64 lower-case hexadecimal digits, followed by the canonical event ) )
 *
 * and the first event of an organization follows `GENESIS_HASH`. An event's number is not part of it: its place in the
 * chain is. PostgreSQL writes the same text when it adds an event: `jsonb` as text, whose rules `canonicalJson` keeps.
 */
export const CANONICAL_VERSION = 1;

/** What the first event of each chain follows. */
export const GENESIS_HASH = "0".repeat(64);

/** An audit event as it is hashed: ids in lower case, `before` and `after` already canonical JSON, null where absent. */
export type HashedEvent = {
  organizationId: string;
  id: string;
  /** UTC, as `2026-11-24T09:00:00.25`: without zone, and without zeros at the end of the fraction. */
  at: string;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  subject: string;
  subjectId: string | null;
  before: string | null;
  after: string | null;
  requestId: string | null;
  remoteAddress: string | null;
};

/** The text that is hashed for an event. Its members stand in the order of `canonicalJson`. */
export function canonicalEvent(event: HashedEvent): string {
  return (
    `{"v": ${CANONICAL_VERSION}, "at": ${quote(event.at)}, "id": ${quote(event.id)}, "after": ${part(event.after)}, ` +
    `"action": ${quote(event.action)}, "before": ${part(event.before)}, "actorId": ${quote(event.actorId)}, ` +
    `"subject": ${quote(event.subject)}, "actorKind": ${quote(event.actorKind)}, ` +
    `"actorName": ${quote(event.actorName)}, "requestId": ${quote(event.requestId)}, ` +
    `"subjectId": ${quote(event.subjectId)}, "remoteAddress": ${quote(event.remoteAddress)}, ` +
    `"organizationId": ${quote(event.organizationId)}}`
  );
}

/** An instant (ISO 8601 in UTC, with milliseconds) as canonical events write it. */
export function canonicalInstant(instant: string): string {
  return instant.replace(/\.?0*Z$/, "");
}

/**
 * A JSON value as PostgreSQL writes `jsonb`: members ordered by the length of their names in UTF-8 and then by their
 * bytes, a space after each colon and comma, numbers without exponent, nothing escaped that need not be.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(", ")}]`;
  if (typeof value === "number") return plainNumber(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => ({ name, bytes: UTF8.encode(name), member }));
  const ordered = members.sort((one, other) => compareBytes(one.bytes, other.bytes));
  return `{${ordered.map(({ name, member }) => `${quote(name)}: ${canonicalJson(member)}`).join(", ")}}`;
}

const UTF8 = new TextEncoder();

function quote(text: string | null): string {
  return text === null ? "null" : JSON.stringify(text);
}

/** A JSON null in place of nothing is another event: none is ever stored. */
function part(json: string | null): string {
  return json === null ? "null" : json === "null" ? "(null)" : json;
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) return one.length - other.length;
  for (const [index, byte] of one.entries()) {
    const difference = byte - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A number in digits alone: `1e21` as 1 and 21 zeros, `5e-7` as `0.0000005`. */
function plainNumber(value: number): string {
  const text = JSON.stringify(value);
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (whole === "") return text;
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}
