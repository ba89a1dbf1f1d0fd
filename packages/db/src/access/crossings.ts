import type { Command } from "./grants.ts";

/** One thing that a role does across organizations, or before one is known. */
export interface Crossing {
  role: "vitrine_definer" | "vitrine_jobs";
  table: string;
  command: Command;
  /** The only columns it may name; all when absent. */
  columns?: readonly string[];
  /** Rows it reaches, in the words of `pg_get_expr`. */
  predicate: string;
  reason: string;
}

const SIGN_IN = "lists the organizations of who signs in, before one is selected";
const SEARCH =
  "searches by substring, which no index serves under row security; the function filters organization and businesses";

/** Everything that crosses organizations. `migrate` applies it, the catalogue test finds anything beside it. */
export const CROSSINGS: readonly Crossing[] = [
  {
    role: "vitrine_definer",
    table: "organizations",
    command: "SELECT",
    columns: [
      "organization_id",
      "name",
      "time_zone",
      "is_active",
      "is_second_factor_required",
      "removed_at",
      "session_idle_minutes",
      "session_hours",
      "allowed_email_domains",
      "brand_color",
      "brand_logo_asset_id",
    ],
    predicate: "true",
    reason: SIGN_IN,
  },
  { role: "vitrine_definer", table: "memberships", command: "SELECT", predicate: "true", reason: SIGN_IN },
  {
    role: "vitrine_definer",
    table: "invitations",
    command: "SELECT",
    predicate: "true",
    reason: "whoever takes up an invitation belongs to no organization yet",
  },
  {
    role: "vitrine_definer",
    table: "member_businesses",
    command: "SELECT",
    predicate: "true",
    reason: "a session carries what its person is limited to in each of their organizations",
  },
  {
    role: "vitrine_definer",
    table: "businesses",
    command: "SELECT",
    columns: ["organization_id", "id", "name"],
    predicate: "true",
    reason: "a session names what its person is limited to",
  },
  {
    role: "vitrine_definer",
    table: "member_grants",
    command: "SELECT",
    predicate: "true",
    reason: "a session carries what its person may do in each of their organizations",
  },
  {
    role: "vitrine_definer",
    table: "api_keys",
    command: "SELECT",
    columns: [
      "organization_id",
      "id",
      "name",
      "secret_hash",
      "grants",
      "networks",
      "expires_at",
      "is_active",
      "last_used_at",
    ],
    predicate: "is_active",
    reason: "finds the organization of an API key by the hash of its secret",
  },
  {
    role: "vitrine_definer",
    table: "api_keys",
    command: "UPDATE",
    columns: ["last_used_at", "last_used_from"],
    predicate: "is_active",
    reason: "notes the last use of many keys at once",
  },
  {
    role: "vitrine_definer",
    table: "devices",
    command: "SELECT",
    predicate: "true",
    reason: "checks a screen's credential before its organization is trusted; searches screens by name",
  },
  {
    role: "vitrine_definer",
    table: "devices",
    command: "UPDATE",
    columns: ["is_active", "revoked_at", "updated_at"],
    predicate: "true",
    reason: "takes back a screen whose claim was refused on its glass",
  },
  {
    role: "vitrine_definer",
    table: "device_credentials",
    command: "SELECT",
    predicate: "true",
    reason: "checks a screen's credential before its organization is trusted",
  },
  {
    role: "vitrine_definer",
    table: "device_credentials",
    command: "UPDATE",
    columns: ["revoked_at"],
    predicate: "true",
    reason: "takes back the credential of a screen whose claim was refused on its glass",
  },
  {
    role: "vitrine_definer",
    table: "outbox",
    command: "INSERT",
    predicate: "true",
    reason: "tells the organization that a screen refused its claim",
  },
  {
    role: "vitrine_definer",
    table: "audit_events",
    command: "INSERT",
    predicate: "true",
    reason: "records that a screen refused its claim",
  },
  {
    role: "vitrine_definer",
    table: "audit_events",
    command: "SELECT",
    columns: ["organization_id", "sequence", "hash"],
    predicate: "true",
    reason: "a record follows the last one of its organization",
  },
  {
    role: "vitrine_definer",
    table: "assets",
    command: "SELECT",
    columns: ["organization_id", "id", "name", "business_id", "is_active", "size_bytes"],
    predicate: "true",
    reason: SEARCH,
  },
  { role: "vitrine_definer", table: "asset_tags", command: "SELECT", predicate: "true", reason: SEARCH },
  {
    role: "vitrine_definer",
    table: "playlists",
    command: "SELECT",
    columns: ["organization_id", "id", "name", "business_id"],
    predicate: "true",
    reason: SEARCH,
  },
  {
    role: "vitrine_definer",
    table: "playlist_items",
    command: "SELECT",
    columns: ["organization_id", "playlist_id", "nested_playlist_id"],
    predicate: "true",
    reason: "finds loops of playlists, also through what a limited member does not see",
  },
  { role: "vitrine_definer", table: "device_tags", command: "SELECT", predicate: "true", reason: SEARCH },
  counted("layouts"),
  counted("device_groups"),
  counted("dayparts"),
  counted("schedule_entries", ["ends_at"]),
  {
    role: "vitrine_jobs",
    table: "outbox",
    command: "SELECT",
    predicate: "true",
    reason: "one notifier reads the changes of all organizations in commit order",
  },
  {
    role: "vitrine_jobs",
    table: "outbox",
    command: "DELETE",
    predicate: "true",
    reason: "forgets changes that no stream can ask for any more",
  },
  {
    role: "vitrine_jobs",
    table: "organizations",
    command: "SELECT",
    columns: ["organization_id", "name", "time_zone", "is_active", "content_revision"],
    predicate: "true",
    reason:
      "walks the organizations for housekeeping, each then in a transaction of its own; names the revision with a change",
  },
  {
    role: "vitrine_jobs",
    table: "audit_events",
    command: "SELECT",
    predicate: "true",
    reason: "keeps the heads of all chains outside the database, and verifies the chains",
  },
  {
    role: "vitrine_jobs",
    table: "devices",
    command: "SELECT",
    columns: ["organization_id", "id"],
    predicate: "true",
    reason: "leaves screens that are gone out of a flush of statuses",
  },
  {
    role: "vitrine_jobs",
    table: "device_status",
    command: "SELECT",
    predicate: "true",
    reason: "an upsert reads what it replaces",
  },
  {
    role: "vitrine_jobs",
    table: "device_status",
    command: "INSERT",
    predicate: "true",
    reason: "flushes the latest word of screens of all organizations in one statement",
  },
  {
    role: "vitrine_jobs",
    table: "device_status",
    command: "UPDATE",
    predicate: "true",
    reason: "flushes the latest word of screens of all organizations in one statement",
  },
  {
    role: "vitrine_jobs",
    table: "device_commands",
    command: "SELECT",
    columns: ["organization_id", "id", "device_id", "kind", "state", "expires_at"],
    predicate: "true",
    reason: "finds commands past their expiry",
  },
  {
    role: "vitrine_jobs",
    table: "device_commands",
    command: "UPDATE",
    columns: ["state", "finished_at"],
    predicate: "true",
    reason: "marks commands past their expiry",
  },
  {
    role: "vitrine_jobs",
    table: "data_keys",
    command: "SELECT",
    columns: ["organization_id", "number", "wrapped", "wrapped_by"],
    predicate: "true",
    reason: "puts the keys of all organizations under a new key-encryption key",
  },
  {
    role: "vitrine_jobs",
    table: "data_keys",
    command: "UPDATE",
    columns: ["wrapped", "wrapped_by"],
    predicate: "true",
    reason: "puts the keys of all organizations under a new key-encryption key",
  },
];

/** What the organization has at most so many of. */
function counted(table: string, alsoNamed: readonly string[] = []): Crossing {
  return {
    role: "vitrine_definer",
    table,
    command: "SELECT",
    columns: ["organization_id", "is_active", ...alsoNamed],
    predicate: "true",
    reason: "limits count what limited members do not see; the function filters the organization",
  };
}
