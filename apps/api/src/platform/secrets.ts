import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { StartupError } from "./startup-error.ts";

const keyEncryptionKey = z.string().length(43);
const secretsSchema = z.strictObject({
  version: z.literal(1),
  /** What the passwords of the database's roles are derived from; of the embedded one's superuser it is the password. */
  databaseSecret: z.string().min(20),
  /** Key of the MAC over content addresses and device tokens, 32 bytes base64url. */
  macKey: z.string().length(43),
  /** Ed25519 key that signs manifests, PKCS #8 in PEM. */
  manifestKey: z.string(),
  /** What data keys are kept under, 32 bytes base64url each, the newest first. */
  keyEncryptionKeys: z.array(keyEncryptionKey).optional(),
});
export type Secrets = z.infer<typeof secretsSchema> & { keyEncryptionKeys: string[] };

/** The installation's secrets: read from `secrets.json` in the data folder, or made there with mode 0600. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, "secrets.json");
  if (existsSync(path)) {
    chmodSync(path, 0o600);
    const parsed = secretsSchema.safeParse(readJson(path));
    if (!parsed.success)
      throw new StartupError(
        `${path} is damaged. Restore it from your backup: without it, screens cannot verify this server.`,
      );
    const { keyEncryptionKeys } = parsed.data;
    if (keyEncryptionKeys !== undefined) return { ...parsed.data, keyEncryptionKeys };
    return saveSecrets(dataDir, { ...parsed.data, keyEncryptionKeys: [makeKey()] });
  }
  return saveSecrets(dataDir, makeSecrets());
}

/** Replaces the file, whole or not at all, and gives what it holds now. */
export function saveSecrets(dataDir: string, secrets: Secrets): Secrets {
  const path = join(dataDir, "secrets.json");
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w", 0o600);
  writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  return secrets;
}

function makeSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync("ed25519");
  return {
    version: 1,
    databaseSecret: randomBytes(24).toString("base64url"),
    macKey: makeKey(),
    manifestKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    keyEncryptionKeys: [makeKey()],
  };
}

/** 32 random bytes in base64url. */
export function makeKey(): string {
  return randomBytes(32).toString("base64url");
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
