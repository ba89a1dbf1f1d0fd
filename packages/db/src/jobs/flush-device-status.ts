import * as z from "zod";
import type { SingleStatements } from "../database/single-statements.ts";
import type { DeviceStatusWrite } from "./jobs-database.ts";

type Field = Exclude<keyof DeviceStatusWrite, "organizationId" | "deviceId">;

const FIELDS: [field: Field, column: string, type: string][] = [
  ["lastHeardAt", "last_heard_at", "timestamptz"],
  ["bootId", "boot_id", "uuid"],
  ["playerState", "player_state", "text"],
  ["condition", "condition", "text"],
  ["isUpToDate", "is_up_to_date", "boolean"],
  ["checkedRevision", "checked_revision", "bigint"],
  ["activeManifest", "active_manifest", "text"],
  ["newestManifest", "newest_manifest", "text"],
  ["isStopping", "is_stopping", "boolean"],
  ["shownAssetId", "shown_asset_id", "uuid"],
  ["shownItemId", "shown_item_id", "uuid"],
  ["shownEntryId", "shown_entry_id", "uuid"],
  ["shownSince", "shown_since", "timestamptz"],
  ["hardware", "hardware", "jsonb"],
  ["vitals", "vitals", "jsonb"],
  ["sync", "sync", "jsonb"],
  ["isRecovering", "is_recovering", "boolean"],
  ["display", "display", "jsonb"],
  ["update", "update", "jsonb"],
  ["faults", "faults", "jsonb"],
];
// Quoted, since `update` is a word of SQL.
const COLUMNS = FIELDS.map(([, column]) => `"${column}"`);

// One document for all rows: an array a column costs this process six times as much to write.
const FLUSH = `
  with written as (
    insert into tenant.device_status (organization_id, device_id, ${COLUMNS.join(", ")})
    select x.organization_id, x.device_id, ${COLUMNS.map((column) => `x.${column}`).join(", ")}
    from json_to_recordset($1::json) as x (
      organization_id uuid, device_id uuid, ${FIELDS.map(([, column, type]) => `"${column}" ${type}`).join(", ")})
    where exists (
      select from tenant.devices d where d.organization_id = x.organization_id and d.id = x.device_id
    )
    order by x.organization_id, x.device_id
    on conflict (organization_id, device_id) do update set
      ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}
    where device_status.last_heard_at is null or device_status.last_heard_at <= excluded.last_heard_at
    returning 1
  )
  select count(*) as count from written`;

const count = z.tuple([z.object({ count: z.number() })]);

/**
 * Stores the latest word of screens of any organizations in one statement; of two words of one screen the later is
 * kept. Says how many screens were written. Screenshots are not touched.
 */
export async function flushDeviceStatus(
  ask: SingleStatements["ask"],
  rows: readonly DeviceStatusWrite[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const document = JSON.stringify(latestOfEach(rows).map(toRecord));
  return count.parse(await ask(FLUSH, [document]))[0].count;
}

function toRecord(row: DeviceStatusWrite): Record<string, unknown> {
  const record: Record<string, unknown> = { organization_id: row.organizationId, device_id: row.deviceId };
  for (const [field, column] of FIELDS) record[column] = row[field];
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
