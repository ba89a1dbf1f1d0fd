import type { PlayReport, playsReceipt } from "@vitrine/core/model/device-protocol";
import { defineBatch } from "@vitrine/db/batch";
import { plays, playsHourly } from "@vitrine/db/schema";
import { sql } from "drizzle-orm";
import type * as z from "zod";
import type { Services } from "../../services.ts";
import type { DeviceIdentity } from "../authorize-device.ts";
import { plausibleInstant } from "../hostile-input.ts";

/**
 * Stores plays of this screen, each once by (boot, sequence) however often it comes, and adds the new ones to the
 * hours in which they began, in one statement. Plays of content that is gone or unknown are kept all the same; wild
 * clocks are bounded. The receipt says how many were new; all may be forgotten by the screen.
 */
export async function reportPlays(
  { services, binding, scope }: DeviceIdentity & { services: Services },
  { plays: reported }: { plays: readonly PlayReport[] },
): Promise<z.infer<typeof playsReceipt>> {
  const nowMs = services.clock.nowMs();
  const column = <Value>(of: (play: PlayReport) => Value) => reported.map(of);
  const [rows] = await services.database.run(scope, ingest, {
    deviceId: binding.deviceId,
    bootIds: column((play) => play.bootId),
    sequences: column((play) => play.sequence),
    assetIds: column((play) => play.assetId),
    itemIds: column((play) => play.itemId),
    playlistIds: column((play) => play.playlistId),
    startedAt: column((play) => plausibleInstant(play.startedAt, nowMs)),
    durationsMs: column((play) => play.durationMs),
    areWhole: column((play) => play.isWhole),
  });
  const newCount = rows[0]?.newCount ?? 0;
  return { newCount, knownCount: reported.length - newCount };
}

type Columns = {
  deviceId: string;
  bootIds: string[];
  sequences: number[];
  assetIds: string[];
  itemIds: (string | null)[];
  playlistIds: (string | null)[];
  startedAt: Date[];
  durationsMs: number[];
  areWhole: boolean[];
};

const given = (name: keyof Columns, type: string) => sql`${sql.placeholder(name)}::${sql.raw(type)}`;
const organizationId = sql`${sql.placeholder("organizationId")}::uuid`;

// Rows go in ordered by key, so that two batches of the same plays at once wait for each other instead of deadlocking.
const ingest = defineBatch<Columns>()((q) => [
  q.execute<{ newCount: number }>(sql`
    with fresh as (
      insert into ${plays} (organization_id, device_id, boot_id, sequence, asset_id, item_id, playlist_id,
        started_at, duration_ms, is_whole)
      select ${organizationId}, ${given("deviceId", "uuid")}, boot_id, sequence, asset_id, item_id, playlist_id,
        started_at, duration_ms, is_whole
      from unnest(${given("bootIds", "uuid[]")}, ${given("sequences", "integer[]")}, ${given("assetIds", "uuid[]")},
        ${given("itemIds", "uuid[]")}, ${given("playlistIds", "uuid[]")}, ${given("startedAt", "timestamptz[]")},
        ${given("durationsMs", "integer[]")}, ${given("areWhole", "boolean[]")})
        as given (boot_id, sequence, asset_id, item_id, playlist_id, started_at, duration_ms, is_whole)
      order by boot_id, sequence
      on conflict do nothing
      returning asset_id, started_at, duration_ms
    ), summed as (
      insert into ${playsHourly} (organization_id, asset_id, device_id, hour, play_count, shown_ms)
      select ${organizationId}, asset_id, ${given("deviceId", "uuid")}, date_trunc('hour', started_at, 'UTC'),
        count(*), sum(duration_ms)
      from fresh group by asset_id, date_trunc('hour', started_at, 'UTC')
      order by asset_id, date_trunc('hour', started_at, 'UTC')
      on conflict (organization_id, asset_id, device_id, hour) do update
      set play_count = ${playsHourly}.play_count + excluded.play_count,
        shown_ms = ${playsHourly}.shown_ms + excluded.shown_ms
      returning 1
    )
    select (select count(*) from fresh)::integer as "newCount", (select count(*) from summed) as "hours"`),
]);
