import type postgres from "postgres";

const ID = "0190b0f4-0000-7000-8000-0000000000";
/** Ids of the rows that `fillOrganization` makes: the same in every organization, as composite keys allow. */
export const FILLED = {
  user: `${ID}01`,
  apiKey: `${ID}02`,
  asset: `${ID}03`,
  playlist: `${ID}04`,
  item: `${ID}05`,
  device: `${ID}06`,
  command: `${ID}07`,
  boot: `${ID}08`,
  audit: `${ID}09`,
  daypart: `${ID}10`,
  layout: `${ID}11`,
  zone: `${ID}12`,
  group: `${ID}13`,
  entry: `${ID}14`,
  event: `${ID}15`,
  invitation: `${ID}16`,
} as const;
const SHA = "a".repeat(64);

/** Puts one row into every tenant table of an organization that exists, as the superuser. */
export async function fillOrganization(sql: postgres.Sql, organizationId: string): Promise<void> {
  await sql.unsafe(`
    insert into tenant.memberships (organization_id, user_id, role) values ('${organizationId}', '${FILLED.user}', 'owner');
    insert into tenant.invitations (organization_id, id, email, role, expires_at)
      values ('${organizationId}', '${FILLED.invitation}', 'ann@example.com', 'viewer', now() + interval '7 days');
    insert into tenant.api_keys (organization_id, id, name, prefix, secret_hash, grants)
      values ('${organizationId}', '${FILLED.apiKey}', 'CI', 'vtr_', '\\x00', '{assets.view}');
    insert into tenant.blobs (organization_id, sha256, size_bytes, media_type, chunks_sha256)
      values ('${organizationId}', '${SHA}', 1, 'image/png', '${SHA}');
    insert into tenant.assets (organization_id, id, kind, name, state, blob_sha256)
      values ('${organizationId}', '${FILLED.asset}', 'image', 'Menu', 'ready', '${SHA}');
    insert into tenant.asset_tags (organization_id, asset_id, tag) values ('${organizationId}', '${FILLED.asset}', 'lunch');
    insert into tenant.playlists (organization_id, id, name) values ('${organizationId}', '${FILLED.playlist}', 'Lobby');
    insert into tenant.playlist_items (organization_id, id, playlist_id, asset_id, position)
      values ('${organizationId}', '${FILLED.item}', '${FILLED.playlist}', '${FILLED.asset}', 'a0');
    insert into tenant.devices (organization_id, id, name, time_zone, playlist_id)
      values ('${organizationId}', '${FILLED.device}', 'Hall', 'UTC', '${FILLED.playlist}');
    insert into tenant.device_tags (organization_id, device_id, tag) values ('${organizationId}', '${FILLED.device}', 'door');
    insert into tenant.dayparts (organization_id, id, name, windows)
      values ('${organizationId}', '${FILLED.daypart}', 'Breakfast', '[]');
    insert into tenant.item_dayparts (organization_id, item_id, daypart_id)
      values ('${organizationId}', '${FILLED.item}', '${FILLED.daypart}');
    insert into tenant.layouts (organization_id, id, name, main_zone_id)
      values ('${organizationId}', '${FILLED.layout}', 'Split', '${FILLED.zone}');
    insert into tenant.layout_zones (organization_id, layout_id, id, place, name, "left", top, width, height, playlist_id)
      values ('${organizationId}', '${FILLED.layout}', '${FILLED.zone}', 0, 'Main', 0, 0, 1, 1, '${FILLED.playlist}');
    insert into tenant.device_groups (organization_id, id, name) values ('${organizationId}', '${FILLED.group}', 'Doors');
    insert into tenant.group_devices (organization_id, group_id, device_id)
      values ('${organizationId}', '${FILLED.group}', '${FILLED.device}');
    insert into tenant.schedule_entries (organization_id, id, name, kind, playlist_id)
      values ('${organizationId}', '${FILLED.entry}', 'Morning', 'normal', '${FILLED.playlist}');
    insert into tenant.entry_devices (organization_id, entry_id, device_id)
      values ('${organizationId}', '${FILLED.entry}', '${FILLED.device}');
    insert into tenant.entry_groups (organization_id, entry_id, group_id)
      values ('${organizationId}', '${FILLED.entry}', '${FILLED.group}');
    insert into tenant.entry_tags (organization_id, entry_id, tag) values ('${organizationId}', '${FILLED.entry}', 'door');
    insert into tenant.entry_dayparts (organization_id, entry_id, daypart_id)
      values ('${organizationId}', '${FILLED.entry}', '${FILLED.daypart}');
    insert into tenant.device_credentials (organization_id, device_id, public_key)
      values ('${organizationId}', '${FILLED.device}', 'key');
    insert into tenant.device_status (organization_id, device_id) values ('${organizationId}', '${FILLED.device}');
    insert into tenant.device_commands (organization_id, id, device_id, kind, expires_at)
      values ('${organizationId}', '${FILLED.command}', '${FILLED.device}', 'identify', '2030-01-01');
    insert into tenant.device_events (organization_id, id, device_id, at, kind, boot_id, sequence)
      values ('${organizationId}', '${FILLED.event}', '${FILLED.device}', '2026-11-20', 'online', '${FILLED.boot}', 0);
    insert into tenant.device_logs (organization_id, command_id, device_id, blob_sha256, line_count)
      values ('${organizationId}', '${FILLED.command}', '${FILLED.device}', '${SHA}', 1);
    insert into tenant.plays (organization_id, device_id, boot_id, sequence, asset_id, started_at, duration_ms, is_whole)
      values ('${organizationId}', '${FILLED.device}', '${FILLED.boot}', 0, '${FILLED.asset}', '2026-11-20', 1000, true);
    insert into tenant.plays_hourly (organization_id, asset_id, device_id, hour, play_count, shown_ms)
      values ('${organizationId}', '${FILLED.asset}', '${FILLED.device}', '2026-11-20', 1, 1000);
    insert into tenant.outbox (organization_id, event) values ('${organizationId}', '{}');
    insert into tenant.audit_events (organization_id, id, actor_kind, actor_name, action, subject)
      values ('${organizationId}', '${FILLED.audit}', 'system', 'test', 'assets.rename', 'asset')`);
}
