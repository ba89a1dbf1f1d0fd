import { join } from "node:path";
import { findEmbedded, startEmbedded } from "@vitrine/db/embedded";
import { roleUrl } from "@vitrine/db/migrate";
import type { Config } from "../platform/config.ts";
import { lockDataDir } from "../platform/data-lock.ts";
import type { Secrets } from "../platform/secrets.ts";
import { rolePasswords } from "./role-passwords.ts";

/**
 * The address of the database as `vitrine_jobs`, for a program beside the server: the configured database, or the
 * embedded one, which is started for as long as the stack lives where no server runs. Nothing is migrated.
 */
export async function reachJobs(
  config: Config,
  secrets: Secrets,
  stack: AsyncDisposableStack,
): Promise<string> {
  if (config.databaseUrl !== undefined) {
    return roleUrl(config.databaseUrl, "vitrine_jobs", rolePasswords(secrets).vitrine_jobs);
  }
  const options = { dataDir: join(config.dataDir, "postgres"), superuserPassword: secrets.databaseSecret };
  const running = await findEmbedded(options);
  if (running) return running.urls.vitrine_jobs;
  stack.use(await lockDataDir(config.dataDir));
  return stack.use(await startEmbedded(options)).urls.vitrine_jobs;
}
