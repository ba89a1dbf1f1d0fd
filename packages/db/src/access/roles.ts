/** Roles that connect. Each has a password of its own and none can get around row level security. */
export const SERVING_ROLES = ["vitrine_app", "vitrine_auth", "vitrine_jobs"] as const;
export type ServingRole = (typeof SERVING_ROLES)[number];

/** Owns every table and migrates; does not log in. */
export const OWNER = "vitrine_owner";
/** Owns the definer functions, with the rights that `crossings.ts` lists and no others; does not log in. */
export const DEFINER = "vitrine_definer";

export type Role = ServingRole | typeof OWNER | typeof DEFINER;
export const ROLES: readonly Role[] = [OWNER, DEFINER, ...SERVING_ROLES];

/** Limits that the server holds each role to, however its client behaves. */
export const ROLE_SETTINGS: Record<ServingRole, Record<string, string>> = {
  vitrine_app: {
    statement_timeout: "15s",
    lock_timeout: "5s",
    idle_in_transaction_session_timeout: "15s",
  },
  vitrine_auth: {
    statement_timeout: "5s",
    lock_timeout: "3s",
    idle_in_transaction_session_timeout: "5s",
  },
  vitrine_jobs: {
    statement_timeout: "60s",
    lock_timeout: "5s",
    idle_in_transaction_session_timeout: "30s",
  },
};
