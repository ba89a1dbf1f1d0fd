import type { ChainedEvent } from "@vitrine/core/audit/verify-chain";
import type { AuditHead } from "@vitrine/core/model/audit";

/** An event as an export holds it: as it is chained, but `at` in ISO 8601 in UTC. */
export type ExportedEvent = ChainedEvent;

/** How the lines of a file are written. */
export type ExportFormat = {
  mediaType: string;
  extension: string;
  first: string;
  event(event: ExportedEvent): string;
  /** The last line: how many events the file holds, and the head of the chain when it was made. */
  last(events: number, head: AuditHead): string;
};

const COLUMNS = [
  "sequence",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "action",
  "subject",
  "subjectId",
  "before",
  "after",
  "remoteAddress",
  "requestId",
  "id",
  "hash",
] as const satisfies readonly (keyof ExportedEvent)[];

const csv: ExportFormat = {
  mediaType: "text/csv; charset=utf-8; header=present",
  extension: "csv",
  first: `${COLUMNS.join(",")}\r\n`,
  event: (event) => csvLine(COLUMNS.map((column) => event[column])),
  last: (events, { sequence, hash }) => csvLine(["end", `${events} events`, `head ${sequence}`, hash]),
};

const jsonLines: ExportFormat = {
  mediaType: "application/jsonl; charset=utf-8",
  extension: "jsonl",
  first: "",
  event: ({ before, after, ...event }) =>
    `${JSON.stringify(event).slice(0, -1)},"before":${before ?? "null"},"after":${after ?? "null"}}\n`,
  last: (events, head) => `${JSON.stringify({ end: { events, head } })}\n`,
};

export const EXPORT_FORMATS = { csv, jsonl: jsonLines } as const;

/**
 * A line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula is preceded by an apostrophe, so that it
 * stays text.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return `${value}`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
