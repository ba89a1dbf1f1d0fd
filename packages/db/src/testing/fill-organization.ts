import type postgres from "postgres";

/** Ids of the rows of a fill: the same in every organization for the same `variant` (1 to 9), as composite keys allow. */
export function filledIds(variant: number) {
  const id = (number: string) => `0190b0f4-000${variant}-7000-8000-0000000000${number}`;
  return {
    user: id("01"),
    apiKey: id("02"),
    asset: id("03"),
    playlist: id("04"),
    item: id("05"),
    device: id("06"),
    command: id("07"),
    boot: id("08"),
    audit: id("09"),
    daypart: id("10"),
    layout: id("11"),
    zone: id("12"),
    group: id("13"),
    entry: id("14"),
    event: id("15"),
    invitation: id("16"),
    business: id("17"),
  } as const;
}

/**
 * Puts one row into every tenant table of an organization that exists, as the superuser; another variant puts another
 * row of other ids, names and addresses. What must be unique within the organization carries the variant.
 */
export async function fillOrganization(
  sql: postgres.ISql,
  organizationId: string,
  variant = 1,
): Promise<void> {
  const filled = filledIds(variant);
  const sha = String(variant).repeat(64);
  await sql.unsafe(`
    insert into tenant.businesses (organization_id, id, name)
      values ('${organizationId}', '${filled.business}', 'Harbour ${variant}');
    insert into tenant.memberships (organization_id, user_id, role) values ('${organizationId}', '${filled.user}', 'owner');
    insert into tenant.member_grants (organization_id, user_id, "grant")
      values ('${organizationId}', '${filled.user}', 'assets.view');
    insert into tenant.invitations (organization_id, id, email, role, expires_at)
      values ('${organizationId}', '${filled.invitation}', 'ann${variant}@example.com', 'viewer', now() + interval '7 days');
    insert into tenant.member_businesses (organization_id, user_id, business_id)
      values ('${organizationId}', '${filled.user}', '${filled.business}');
    insert into tenant.invitation_businesses (organization_id, invitation_id, business_id)
      values ('${organizationId}', '${filled.invitation}', '${filled.business}');
    insert into tenant.api_keys (organization_id, id, name, prefix, secret_hash, grants)
      values ('${organizationId}', '${filled.apiKey}', 'CI ${variant}', 'vtr_', '\\x0${variant}', '{assets.view}');
    insert into tenant.data_keys (organization_id, number, wrapped, wrapped_by)
      values ('${organizationId}', ${variant}, '\\x0${variant}', 'key');
    insert into tenant.domains (organization_id, domain, token)
      values ('${organizationId}', 'signs${variant}.example.com', 'token');
    insert into tenant.blobs (organization_id, sha256, size_bytes, media_type, chunks_sha256)
      values ('${organizationId}', '${sha}', 1, 'image/png', '${sha}');
    insert into tenant.assets (organization_id, id, kind, name, state, size_bytes, blob_sha256)
      values ('${organizationId}', '${filled.asset}', 'image', 'Menu ${variant}', 'ready', 1, '${sha}');
    insert into tenant.asset_tags (organization_id, asset_id, tag) values ('${organizationId}', '${filled.asset}', 'lunch${variant}');
    insert into tenant.playlists (organization_id, id, name) values ('${organizationId}', '${filled.playlist}', 'Lobby ${variant}');
    insert into tenant.playlist_items (organization_id, id, playlist_id, asset_id, position)
      values ('${organizationId}', '${filled.item}', '${filled.playlist}', '${filled.asset}', 'a0');
    insert into tenant.devices (organization_id, id, name, time_zone, playlist_id)
      values ('${organizationId}', '${filled.device}', 'Hall ${variant}', 'UTC', '${filled.playlist}');
    insert into tenant.device_tags (organization_id, device_id, tag) values ('${organizationId}', '${filled.device}', 'door${variant}');
    insert into tenant.dayparts (organization_id, id, name, windows)
      values ('${organizationId}', '${filled.daypart}', 'Breakfast ${variant}', '[]');
    insert into tenant.item_dayparts (organization_id, item_id, daypart_id)
      values ('${organizationId}', '${filled.item}', '${filled.daypart}');
    insert into tenant.layouts (organization_id, id, name, main_zone_id)
      values ('${organizationId}', '${filled.layout}', 'Split ${variant}', '${filled.zone}');
    insert into tenant.layout_zones (organization_id, layout_id, id, place, name, "left", top, width, height, playlist_id)
      values ('${organizationId}', '${filled.layout}', '${filled.zone}', 0, 'Main ${variant}', 0, 0, 1, 1, '${filled.playlist}');
    insert into tenant.device_groups (organization_id, id, name) values ('${organizationId}', '${filled.group}', 'Doors ${variant}');
    insert into tenant.group_devices (organization_id, group_id, device_id)
      values ('${organizationId}', '${filled.group}', '${filled.device}');
    insert into tenant.schedule_entries (organization_id, id, name, kind, playlist_id, business_id)
      values ('${organizationId}', '${filled.entry}', 'Morning ${variant}', 'normal', '${filled.playlist}', '${filled.business}');
    insert into tenant.entry_devices (organization_id, entry_id, device_id)
      values ('${organizationId}', '${filled.entry}', '${filled.device}');
    insert into tenant.entry_groups (organization_id, entry_id, group_id)
      values ('${organizationId}', '${filled.entry}', '${filled.group}');
    insert into tenant.entry_tags (organization_id, entry_id, tag) values ('${organizationId}', '${filled.entry}', 'door${variant}');
    insert into tenant.entry_dayparts (organization_id, entry_id, daypart_id)
      values ('${organizationId}', '${filled.entry}', '${filled.daypart}');
    insert into tenant.device_credentials (organization_id, device_id, public_key)
      values ('${organizationId}', '${filled.device}', 'key${variant}');
    insert into tenant.device_status (organization_id, device_id) values ('${organizationId}', '${filled.device}');
    insert into tenant.device_commands (organization_id, id, device_id, kind, expires_at)
      values ('${organizationId}', '${filled.command}', '${filled.device}', 'identify', '2030-01-01');
    insert into tenant.device_events (organization_id, id, device_id, at, kind, boot_id, sequence)
      values ('${organizationId}', '${filled.event}', '${filled.device}', '2026-11-20', 'online', '${filled.boot}', 0);
    insert into tenant.device_logs (organization_id, command_id, device_id, blob_sha256, line_count)
      values ('${organizationId}', '${filled.command}', '${filled.device}', '${sha}', 1);
    insert into tenant.plays (organization_id, device_id, boot_id, sequence, asset_id, started_at, duration_ms, is_whole)
      values ('${organizationId}', '${filled.device}', '${filled.boot}', 0, '${filled.asset}', '2026-11-20', 1000, true);
    insert into tenant.plays_hourly (organization_id, asset_id, device_id, hour, play_count, shown_ms)
      values ('${organizationId}', '${filled.asset}', '${filled.device}', '2026-11-20', 1, 1000);
    insert into tenant.outbox (organization_id, event) values ('${organizationId}', '{}');
    insert into tenant.audit_events (organization_id, id, actor_kind, actor_name, action, subject)
      values ('${organizationId}', '${filled.audit}', 'system', 'test', 'assets.rename', 'asset');
    insert into tenant.audit_checks (organization_id, id, started_by_name)
      values ('${organizationId}', '${filled.audit}', 'test')`);
}
