import type { JobsDatabase } from "@vitrine/db/jobs";
import type { Config } from "../config.ts";
import { loadSecrets, makeKey, saveSecrets } from "../secrets.ts";
import { requireKeyRing } from "./key-ring.ts";
import { rewrapDataKeys } from "./rewrap.ts";
import type { Vault } from "./vault.ts";

/**
 * Puts every data key under a new key-encryption key: the first of the environment, else one made here. The data
 * folder's former ones are dropped once nothing is under them; stopped before that, they are all still there. Gives
 * how many data keys were put under it. No server may be running.
 */
export async function changeKeyEncryptionKey(
  { dataDir, keyEncryptionKeys }: Pick<Config, "dataDir" | "keyEncryptionKeys">,
  jobs: JobsDatabase,
): Promise<number> {
  const secrets = loadSecrets(dataDir);
  const made = keyEncryptionKeys.length === 0 ? [makeKey()] : [];
  const during = saveSecrets(dataDir, {
    ...secrets,
    keyEncryptionKeys: [...made, ...secrets.keyEncryptionKeys],
  });
  const count = await rewrapDataKeys(jobs, requireKeyRing(keyEncryptionKeys, during));
  saveSecrets(dataDir, { ...secrets, keyEncryptionKeys: made });
  return count;
}

/** Makes a new data key for every active organization and for the platform. Gives how many. */
export async function changeDataKeys(jobs: JobsDatabase, vault: Vault): Promise<number> {
  const organizations = await jobs.listOrganizations();
  const owners = [null, ...organizations.map(({ organizationId }) => organizationId)];
  for (const owner of owners) await vault.rotate(owner);
  return owners.length;
}
