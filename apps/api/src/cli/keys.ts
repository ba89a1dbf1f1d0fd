import { readConfig } from "../platform/config.ts";
import { lockDataDir } from "../platform/data-lock.ts";
import { makeLog } from "../platform/log.ts";
import { loadSecrets } from "../platform/secrets.ts";
import { StartupError } from "../platform/startup-error.ts";
import { changeDataKeys, changeKeyEncryptionKey } from "../platform/vault/change-keys.ts";
import { makeDataKeyStore } from "../platform/vault/data-key-store.ts";
import { requireKeyRing } from "../platform/vault/key-ring.ts";
import { SealBrokenError } from "../platform/vault/seal.ts";
import { makeVault } from "../platform/vault/vault.ts";
import { type Databases, openDatabases } from "../system/open-databases.ts";

const HELP = `With the server stopped, and the environment that it runs with:
  npm run keys -- wrap    puts all data keys under a new key-encryption key: the first of
                          VITRINE_KEY_ENCRYPTION_KEYS, else one that is made in the data folder
  npm run keys -- seal    makes new data keys, which seal secrets from now on; the former ones still open`;

/** `npm run keys`: changes the keys that secrets are sealed under. Exit code 1 and one sentence when it could not. */
process.exitCode = await main(process.argv[2]);

async function main(command: string | undefined): Promise<number> {
  if (command !== "wrap" && command !== "seal") {
    console.log(HELP);
    return command === undefined ? 0 : 1;
  }
  const stack = new AsyncDisposableStack();
  try {
    console.log(await change(command, stack));
    return 0;
  } catch (error) {
    if (!(error instanceof StartupError || error instanceof SealBrokenError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await stack.disposeAsync();
  }
}

async function change(command: "wrap" | "seal", stack: AsyncDisposableStack): Promise<string> {
  const config = readConfig(process.env, process.cwd());
  stack.use(await lockDataDir(config.dataDir));
  const databases = await open(config, stack);
  if (command === "wrap") {
    const count = await changeKeyEncryptionKey(config, databases.jobsDatabase);
    return `${count} data keys are under the new key-encryption key. A backup from before needs the former one.`;
  }
  const ring = requireKeyRing(config.keyEncryptionKeys, loadSecrets(config.dataDir));
  const vault = makeVault({ ring, store: makeDataKeyStore(databases) });
  return `${await changeDataKeys(databases.jobsDatabase, vault)} new data keys seal from now on.`;
}

function open(config: ReturnType<typeof readConfig>, stack: AsyncDisposableStack): Promise<Databases> {
  const secrets = loadSecrets(config.dataDir);
  const log = makeLog(config.logLevel);
  return openDatabases({ config, roleUrls: undefined, secrets, log, stack, onOutboxCommit: () => {} });
}
