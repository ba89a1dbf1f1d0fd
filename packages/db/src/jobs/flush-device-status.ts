import * as z from "zod";
import type { Ask } from "../database/single-statements.ts";
import type { DeviceStatusWrite, JobsDatabase } from "./jobs-database.ts";

type Field = Exclude<keyof DeviceStatusWrite, "organizationId" | "deviceId">;
type Column = readonly [field: Field, column: string, type: string];

/** What each beat says anew. */
const WORD: readonly Column[] = [
  ["lastHeardAt", "last_heard_at", "timestamptz"],
  ["playerState", "player_state", "text"],
  ["condition", "condition", "text"],
  ["isUpToDate", "is_up_to_date", "boolean"],
  ["checkedRevision", "checked_revision", "bigint"],
  ["isStopping", "is_stopping", "boolean"],
  ["shownAssetId", "shown_asset_id", "uuid"],
  ["shownItemId", "shown_item_id", "uuid"],
  ["shownEntryId", "shown_entry_id", "uuid"],
  ["shownSince", "shown_since", "timestamptz"],
  ["isRecovering", "is_recovering", "boolean"],
];
/** What stays the same over many beats, and is most of the text. */
const REST: readonly Column[] = [
  ["bootId", "boot_id", "uuid"],
  ["activeManifest", "active_manifest", "text"],
  ["newestManifest", "newest_manifest", "text"],
  ["hardware", "hardware", "jsonb"],
  ["vitals", "vitals", "jsonb"],
  ["sync", "sync", "jsonb"],
  ["display", "display", "jsonb"],
  ["update", "update", "jsonb"],
  ["faults", "faults", "jsonb"],
];
const ALL = [...WORD, ...REST];

// Quoted, since `update` is a word of SQL.
const list = (columns: readonly Column[], toText: (column: string, type: string) => string) =>
  columns.map(([, column, type]) => toText(`"${column}"`, type)).join(", ");

// One document for all rows: an array a column costs this process six times as much to write.
const given = (columns: readonly Column[]) => `json_to_recordset($1::json) as x (
      organization_id uuid, device_id uuid, ${list(columns, (column, type) => `${column} ${type}`)})`;

const WRITE_ALL = `
  with written as (
    insert into tenant.device_status (organization_id, device_id, ${list(ALL, (column) => column)})
    select x.organization_id, x.device_id, ${list(ALL, (column) => `x.${column}`)}
    from ${given(ALL)}
    where exists (
      select from tenant.devices d where d.organization_id = x.organization_id and d.id = x.device_id
    )
    order by x.organization_id, x.device_id
    on conflict (organization_id, device_id) do update set
      ${list(ALL, (column) => `${column} = excluded.${column}`)}
    where device_status.last_heard_at is null or device_status.last_heard_at <= excluded.last_heard_at
    returning 1
  )
  select count(*) as count from written`;
const WRITE_WORDS = `
  with written as (
    update tenant.device_status as known set ${list(WORD, (column) => `${column} = x.${column}`)}
    from ${given(WORD)}
    where known.organization_id = x.organization_id and known.device_id = x.device_id
      and known.last_heard_at <= x.last_heard_at
    returning 1
  )
  select count(*) as count from written`;

const count = z.tuple([z.object({ count: z.number() })]);

/**
 * Stores the latest word of screens of any organizations; of two words of one screen the later is kept. Says how many
 * screens were written. Screenshots are not touched. Of a row whose parts are the very objects that were written last
 * only the word is written: beats that say what changed keep the rest as it was.
 */
export function makeDeviceStatusFlush(ask: Ask): JobsDatabase["flushDeviceStatus"] {
  const written = new WeakMap<object, DeviceStatusWrite>();
  const isWritten = (row: DeviceStatusWrite) => {
    const before = row.hardware ? written.get(row.hardware) : undefined;
    return before !== undefined && REST.every(([field]) => before[field] === row[field]);
  };
  const write = async (text: string, columns: readonly Column[], rows: readonly DeviceStatusWrite[]) => {
    if (rows.length === 0) return 0;
    const document = JSON.stringify(rows.map((row) => toRecord(row, columns)));
    return count.parse(await ask(text, [document]))[0].count;
  };
  return async (rows) => {
    const { words = [], whole = [] } = Object.groupBy(latestOfEach(rows), (row) =>
      isWritten(row) ? "words" : "whole",
    );
    const wholeCount = await write(WRITE_ALL, ALL, whole);
    // One that came too late, or whose screen is gone, was not written, and it is not said which.
    if (wholeCount === whole.length) {
      for (const row of whole) if (row.hardware) written.set(row.hardware, row);
    }
    return wholeCount + (await write(WRITE_WORDS, WORD, words));
  };
}

function toRecord(row: DeviceStatusWrite, columns: readonly Column[]): Record<string, unknown> {
  const record: Record<string, unknown> = { organization_id: row.organizationId, device_id: row.deviceId };
  for (const [field, column] of columns) record[column] = row[field];
  return record;
}

/** One statement cannot write a row twice. */
function latestOfEach(rows: readonly DeviceStatusWrite[]): DeviceStatusWrite[] {
  const latest = new Map<string, DeviceStatusWrite>();
  for (const row of rows) {
    const key = `${row.organizationId} ${row.deviceId}`;
    const known = latest.get(key);
    if (known === undefined || known.lastHeardAt <= row.lastHeardAt) latest.set(key, row);
  }
  return [...latest.values()];
}
