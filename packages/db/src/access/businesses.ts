import type { PolicySpec } from "./template.ts";

/**
 * What of a table a member limited to some businesses reaches. `own`: rows of their businesses, by a column. `part`:
 * rows whose wholes, all of them, they reach. `whole`: none, it is the organization's. `shared`: every row, to read
 * alone. `told`: none to read, though they add to it. `open`: every row.
 */
export type Belonging =
  | { kind: "own"; column: string }
  | { kind: "part"; of: readonly Whole[]; joined?: "or" }
  | { kind: "whole" | "shared" | "told" }
  | { kind: "open"; reason: string };

/** A row of `table`, whose `key` is the part's `column`. */
export interface Whole {
  table: string;
  column: string;
  key: string;
}

const BOUND: Belonging = { kind: "own", column: "business_id" };
const WHOLE: Belonging = { kind: "whole" };
const DEVICE = part("devices", "device_id");
const PART_OF_DEVICE: Belonging = { kind: "part", of: [DEVICE] };
const ENTRY = part("schedule_entries", "entry_id");

/** Every table of organizations. A table missing here is refused by `migrate`; until then it is the organization's. */
export const BELONGING: Record<string, Belonging> = {
  organizations: {
    kind: "open",
    reason: "its name and settings are in what everybody sees; its revision counts every change",
  },
  businesses: { kind: "own", column: "id" },
  member_businesses: WHOLE,
  invitation_businesses: WHOLE,
  memberships: WHOLE,
  member_grants: WHOLE,
  invitations: WHOLE,
  api_keys: WHOLE,
  data_keys: WHOLE,
  domains: WHOLE,
  assets: BOUND,
  asset_tags: { kind: "part", of: [part("assets", "asset_id")] },
  // Files are those of what they see; the commands of limited members add none.
  blobs: {
    kind: "part",
    joined: "or",
    of: [
      { table: "assets", column: "sha256", key: "blob_sha256" },
      { table: "assets", column: "sha256", key: "thumbnail_sha256" },
      { table: "device_logs", column: "sha256", key: "blob_sha256" },
    ],
  },
  playlists: BOUND,
  playlist_items: { kind: "part", of: [part("playlists", "playlist_id")] },
  dayparts: { kind: "shared" },
  item_dayparts: { kind: "part", of: [part("playlist_items", "item_id")] },
  layouts: BOUND,
  layout_zones: { kind: "part", of: [part("layouts", "layout_id")] },
  schedule_entries: BOUND,
  entry_devices: { kind: "part", of: [ENTRY, DEVICE] },
  entry_groups: { kind: "part", of: [ENTRY, part("device_groups", "group_id")] },
  entry_tags: { kind: "part", of: [ENTRY] },
  entry_dayparts: { kind: "part", of: [ENTRY] },
  devices: BOUND,
  device_tags: PART_OF_DEVICE,
  device_groups: BOUND,
  group_devices: { kind: "part", of: [part("device_groups", "group_id"), DEVICE] },
  device_credentials: PART_OF_DEVICE,
  device_status: PART_OF_DEVICE,
  device_commands: PART_OF_DEVICE,
  device_events: PART_OF_DEVICE,
  device_logs: PART_OF_DEVICE,
  plays: PART_OF_DEVICE,
  plays_hourly: PART_OF_DEVICE,
  outbox: { kind: "told" },
  audit_events: { kind: "told" },
  audit_checks: WHOLE,
};

/** In the words of `pg_get_expr`. A constant of each plan: whoever is not limited pays one look at it a row. */
export const IS_UNLIMITED = "(( SELECT app.without_limit() AS without_limit) IS NOT NULL)";

/** The restrictive policies by which limited members reach what `BELONGING` says of a table, and nothing else. */
export function businessPolicies(table: string): PolicySpec[] {
  const belonging = BELONGING[table] ?? WHOLE;
  switch (belonging.kind) {
    case "open":
      return [];
    case "told":
      return [restrict("business", "SELECT", IS_UNLIMITED, null)];
    case "shared":
      // Locking a row counts as changing it, so only what would be written is looked at.
      return [
        restrict("business_insert", "INSERT", null, IS_UNLIMITED),
        restrict("business_update", "UPDATE", "true", IS_UNLIMITED),
        restrict("business_delete", "DELETE", IS_UNLIMITED, null),
      ];
    case "whole":
      return [restrict("business", "ALL", IS_UNLIMITED, IS_UNLIMITED)];
    case "own": {
      const isTheirs = `(${belonging.column} = ANY (( SELECT app.current_businesses() AS current_businesses)::uuid[]))`;
      return [always(`(${IS_UNLIMITED} OR ${isTheirs})`)];
    }
    case "part": {
      const { joined = "and", of } = belonging;
      const all = of.map((whole) => reaches(table, whole));
      if (joined === "or" || all.length === 1) return [always(`(${[IS_UNLIMITED, ...all].join(" OR ")})`)];
      return [always(`(${IS_UNLIMITED} OR (${all.join(" AND ")}))`)];
    }
  }
}

/** That a row of the whole is reached: by its own policy, which holds within a policy too. */
function reaches(table: string, { table: whole, column, key }: Whole): string {
  return `(EXISTS ( SELECT\n   FROM tenant.${whole} one\n  WHERE ((one.organization_id = ${table}.organization_id) AND (one.${key} = ${table}.${column}))))`;
}

function always(predicate: string): PolicySpec {
  return restrict("business", "ALL", predicate, predicate);
}

function restrict(
  name: string,
  command: PolicySpec["command"],
  using: string | null,
  check: string | null,
): PolicySpec {
  return { name, isPermissive: false, command, role: "vitrine_app", using, check };
}

function part(table: string, column: string): Whole {
  return { table, column, key: "id" };
}
