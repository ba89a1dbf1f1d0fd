/** A trigger of ours, in the words of `pg_get_triggerdef`. Each fires always, also for who replays changes. */
export interface TriggerSpec {
  name: string;
  table: string;
  definition: string;
  reason: string;
}

/** Every trigger in the database. `migrate` makes them, the catalogue test finds any other and any that is switched off. */
export const TRIGGERS: readonly TriggerSpec[] = [
  {
    name: "audit_events_chain",
    table: "tenant.audit_events",
    definition:
      "CREATE TRIGGER audit_events_chain BEFORE INSERT ON tenant.audit_events FOR EACH ROW EXECUTE FUNCTION app.chain_audit_event()",
    reason: "whoever adds an event, it follows the one before it in its organization",
  },
  {
    name: "audit_events_kept",
    table: "tenant.audit_events",
    definition:
      "CREATE TRIGGER audit_events_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON tenant.audit_events FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_audit_change()",
    reason: "events are never changed or removed, by the owner neither",
  },
  requireReached("assets", [
    ["blob_sha256", "blobs", "sha256"],
    ["thumbnail_sha256", "blobs", "sha256"],
  ]),
  requireReached("devices", [["playlist_id", "playlists", "id"]]),
  requireReached("layout_zones", [["playlist_id", "playlists", "id"]]),
  requireReached("playlist_items", [
    ["asset_id", "assets", "id"],
    ["nested_playlist_id", "playlists", "id"],
  ]),
  requireReached("schedule_entries", [
    ["asset_id", "assets", "id"],
    ["playlist_id", "playlists", "id"],
    ["layout_id", "layouts", "id"],
  ]),
];

/** That limited members name only what they reach: foreign keys ask no policy. */
function requireReached(
  table: string,
  named: readonly [column: string, table: string, key: string][],
): TriggerSpec {
  const name = `${table}_reached`;
  const columns = named.map(([column]) => column).join(", ");
  const list = named
    .flat()
    .map((word) => `'${word}'`)
    .join(", ");
  return {
    name,
    table: `tenant.${table}`,
    definition: `CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE OF ${columns} ON tenant.${table} FOR EACH ROW WHEN ((app.current_businesses() IS NOT NULL)) EXECUTE FUNCTION app.require_reached(${list})`,
    reason: "what a row of a limited member names is checked by a foreign key, which sees every row",
  };
}
