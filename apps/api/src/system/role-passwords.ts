import { createHmac } from "node:crypto";
import type { RolePasswords } from "@vitrine/db/migrate";
import type { Secrets } from "../platform/secrets.ts";

/** The passwords of the serving roles in a database that is not the embedded one. */
export function rolePasswords({ databaseSecret }: Secrets): Required<RolePasswords> {
  const derive = (role: string) => createHmac("sha256", databaseSecret).update(role).digest("base64url");
  return {
    vitrine_app: derive("vitrine_app"),
    vitrine_auth: derive("vitrine_auth"),
    vitrine_jobs: derive("vitrine_jobs"),
  };
}
