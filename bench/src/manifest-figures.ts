import { generateKeyPairSync, randomUUID } from "node:crypto";
import { makeManifests } from "@vitrine/api/internal/manifest/manifests";
import { openDatabase } from "@vitrine/db/database";
import { organizationScope } from "@vitrine/db/scope";
import type postgres from "postgres";
import { openBenchDatabase } from "./bench-database.ts";
import { median } from "./interleave.ts";
import { print } from "./print.ts";

const ROUNDS = 15;
const ENTRIES = 1_000;
const PLAYLISTS = 200;
const ITEMS = 50;
const ASSETS = 500;

/** The manifest of one screen with 1,000 entries, anew and from shared content: naming, writing, compressing; its size. */
export async function printManifestFigures(): Promise<void> {
  await using bench = await openBenchDatabase();
  const { organizationId, deviceId } = await seedSchedule(bench.sql);
  await using database = await openDatabase({ url: bench.urls.vitrine_app });
  const { privateKey: manifestKey } = generateKeyPairSync("ed25519");
  const clock = { now: () => new Date(), nowMs: () => Date.now() };
  const scope = organizationScope(organizationId);
  const times = [noTimes(), noTimes()];
  let size = 0;
  let packed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const manifests = makeManifests({ database, manifestKey, clock });
    for (const each of times) {
      const built = await timed(each.build, () => manifests.build(scope, deviceId));
      if (!built) throw new Error("No manifest was built");
      const { body, gzip } = await timed(each.write, () => built.write());
      size = body.length;
      packed = (await timed(each.gzip, gzip)).length;
    }
  }
  const what = `${ENTRIES}_entries_${PLAYLISTS}_playlists_of_${ITEMS}`;
  for (const [index, each] of times.entries()) {
    for (const [step, took] of Object.entries(each)) {
      const name = `schedule.manifest_${step}.${what}${index === 0 ? "" : ".shared"}`;
      print({ name, value: median(took), unit: "ms", max: Math.max(...took) });
    }
  }
  print({ name: `schedule.manifest_size.${what}`, value: size, unit: "byte" });
  print({ name: `schedule.manifest_size.${what}.gzip`, value: packed, unit: "byte" });
}

function noTimes(): Record<"build" | "write" | "gzip", number[]> {
  return { build: [], write: [], gzip: [] };
}

async function timed<Result>(times: number[], work: () => Result | Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  const result = await work();
  times.push(performance.now() - startedMs);
  return result;
}

/** One screen in a group that 1,000 weekly entries are for. */
async function seedSchedule(sql: postgres.Sql): Promise<{ organizationId: string; deviceId: string }> {
  const organizationId = randomUUID();
  const deviceId = randomUUID();
  const groupId = randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${organizationId}, 'Bench')`;
  await sql`insert into tenant.assets (organization_id, id, kind, name, state, url)
    select ${organizationId}, gen_random_uuid(), 'web', 'Asset ' || n, 'ready', 'https://example.com/' || n
    from generate_series(1, ${ASSETS}) n`;
  await sql`insert into tenant.playlists (organization_id, id, name)
    select ${organizationId}, gen_random_uuid(), 'Playlist ' || n from generate_series(1, ${PLAYLISTS}) n`;
  await sql`insert into tenant.playlist_items (organization_id, id, playlist_id, asset_id, position)
    select p.organization_id, gen_random_uuid(), p.id, a.id, 'a' || lpad(a.n::text, 4, '0')
    from tenant.playlists p cross join lateral (
      select id, row_number() over (order by md5(id::text || p.id::text)) n from tenant.assets
      where organization_id = ${organizationId}) a
    where p.organization_id = ${organizationId} and a.n <= ${ITEMS}`;
  await sql`insert into tenant.devices (organization_id, id, name, time_zone)
    values (${organizationId}, ${deviceId}, 'Screen', 'Europe/Berlin')`;
  await sql`insert into tenant.device_groups (organization_id, id, name) values (${organizationId}, ${groupId}, 'All')`;
  await sql`insert into tenant.group_devices (organization_id, group_id, device_id)
    values (${organizationId}, ${groupId}, ${deviceId})`;
  await sql`insert into tenant.schedule_entries
      (organization_id, id, name, kind, playlist_id, priority, local_start, local_end, recurrence)
    select ${organizationId}, gen_random_uuid(), 'Entry ' || n, 'normal', p.id, n % 10,
      '2026-01-05T' || lpad((n % 22)::text, 2, '0') || ':00', '2026-01-05T' || lpad((n % 22 + 2)::text, 2, '0') || ':00',
      'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
    from generate_series(1, ${ENTRIES}) n join (
      select id, row_number() over (order by name) place from tenant.playlists
      where organization_id = ${organizationId}) p on p.place = n % ${PLAYLISTS} + 1`;
  await sql`insert into tenant.entry_groups (organization_id, entry_id, group_id)
    select organization_id, id, ${groupId} from tenant.schedule_entries where organization_id = ${organizationId}`;
  await sql`vacuum analyze`;
  return { organizationId, deviceId };
}
