import type { Command } from "./grants.ts";

/** Tables that belong to no organization, each with its reason and with who may do what. */
export const SYSTEM_TABLES: Record<
  string,
  { reason: string; grants: { role: "vitrine_definer" | "vitrine_jobs"; commands: readonly Command[] }[] }
> = {
  users: {
    reason: "a person belongs to any number of organizations",
    grants: [{ role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE"] }],
  },
  sessions: {
    reason: "who is signed in is known before any organization is selected",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE", "DELETE"] },
      { role: "vitrine_jobs", commands: ["SELECT", "DELETE"] },
    ],
  },
  account_links: {
    reason: "a link for a password or an address belongs to a person, whatever organizations they are in",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE"] },
      { role: "vitrine_jobs", commands: ["SELECT", "DELETE"] },
    ],
  },
  known_devices: {
    reason: "a browser is known to a person before any organization is selected",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE", "DELETE"] },
      { role: "vitrine_jobs", commands: ["SELECT", "DELETE"] },
    ],
  },
  account_events: {
    reason: "what happened to a person's account is theirs alone, and no organization's to read",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT"] },
      { role: "vitrine_jobs", commands: ["SELECT", "DELETE"] },
    ],
  },
  organization_slugs: {
    reason: "a slug is unique over all organizations, and a unique key over tenant rows would be an oracle",
    grants: [{ role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE"] }],
  },
  verified_domains: {
    reason: "a request's host names its organization before any is known, and a domain belongs to one of all",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE", "DELETE"] },
      { role: "vitrine_jobs", commands: ["SELECT"] },
    ],
  },
  pairing_requests: {
    reason: "a screen asks to be paired before any organization has claimed it",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE"] },
      { role: "vitrine_jobs", commands: ["SELECT", "DELETE"] },
    ],
  },
  second_factors: {
    reason: "a second factor belongs to a person, whatever organizations they are in",
    grants: [{ role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE", "DELETE"] }],
  },
  recovery_codes: {
    reason: "recovery codes belong to a person's second factor",
    grants: [{ role: "vitrine_definer", commands: ["SELECT", "INSERT", "UPDATE", "DELETE"] }],
  },
  second_steps: {
    reason: "who has yet to show a second factor acts in no organization",
    grants: [{ role: "vitrine_definer", commands: ["SELECT", "INSERT", "DELETE"] }],
  },
  data_keys: {
    reason: "keys of secrets that belong to a person, who belongs to any number of organizations",
    grants: [
      { role: "vitrine_definer", commands: ["SELECT", "INSERT"] },
      { role: "vitrine_jobs", commands: ["SELECT", "UPDATE"] },
    ],
  },
};

/** Indexes of tenant tables that do not start with the organization: each serves one look-up across organizations. */
export const CROSS_TENANT_INDEXES: Record<string, string> = {
  memberships_by_user: "finds the organizations of who signs in",
  api_keys_by_secret:
    "finds the organization of an API key by the hash of its secret; not unique, so no oracle",
  outbox_in_commit_order: "one notifier reads the changes of all organizations in commit order; not unique",
};

/** Schemas of ours, and of libraries whose tables hold no rows of organizations. */
export const SCHEMAS: Record<string, string> = {
  tenant: "rows of organizations",
  system: "rows of no organization",
  app: "functions for vitrine_app",
  auth: "functions for vitrine_auth",
  ledger: "which migrations have been applied",
  extensions: "trigram search, where the server has it",
  pgboss:
    "the job queue; what vitrine_app adds, through app.enqueue_job only, names its organization; vitrine_auth adds messages to people",
};
