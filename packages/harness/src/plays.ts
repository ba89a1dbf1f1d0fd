import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";

export type PlayRow = {
  bootId: string;
  sequence: number;
  assetId: string;
  startedAt: Date;
  durationMs: number;
  isWhole: boolean;
};
export type HourRow = { assetId: string; hour: Date; playCount: number };

/** What the database of a running server holds of a screen's plays, read as its superuser. */
export async function readPlays(dataDir: string, deviceId: string): Promise<PlayRow[]>;
export async function readPlays(dataDir: string, deviceId: string, kind: "hourly"): Promise<HourRow[]>;
export async function readPlays(
  dataDir: string,
  deviceId: string,
  kind?: "hourly",
): Promise<PlayRow[] | HourRow[]> {
  const sql = openEmbedded(dataDir);
  try {
    if (kind === "hourly") {
      return await sql<HourRow[]>`select asset_id as "assetId", hour, play_count as "playCount"
        from tenant.plays_hourly where device_id = ${deviceId}`;
    }
    return await sql<
      PlayRow[]
    >`select boot_id as "bootId", sequence, asset_id as "assetId", started_at as "startedAt",
        duration_ms as "durationMs", is_whole as "isWhole"
      from tenant.plays where device_id = ${deviceId} order by started_at`;
  } finally {
    await sql.end();
  }
}

/** A connection to the embedded database of a running server, as its superuser: sees rows of every organization. */
export function openEmbedded(dataDir: string): postgres.Sql {
  const secrets: { databaseSecret: string } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const port = Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[3]);
  return postgres({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: secrets.databaseSecret,
    database: "vitrine",
    max: 1,
    onnotice: () => {},
  });
}
