import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import * as z from "zod";
import { type FileStore, replaceFile } from "../platform/file-store.ts";

/** The screen's own Ed25519 key pair: what it is known by, never a fingerprint of the machine. */
export interface Identity {
  /** 32 raw bytes in base64url. */
  readonly publicKey: string;
  /** Signature of the UTF-8 bytes of a text, base64url. */
  sign(text: string): string;
}

const FILE = "identity.json";
const stored = z.strictObject({ publicKey: z.string().length(43), privateKey: z.string().length(43) });

/** The key pair of this data folder; made once, kept with mode 0600. A damaged file is replaced: the screen pairs again. */
export async function loadIdentity(files: FileStore): Promise<Identity> {
  const bytes = await files.find(FILE);
  const parsed = bytes && stored.safeParse(parseJson(bytes));
  if (parsed?.success) return toIdentity(parsed.data);
  return renewIdentity(files);
}

/** Makes a new key pair in place of the former one, which is forgotten. */
export async function renewIdentity(files: FileStore): Promise<Identity> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x, d } = privateKey.export({ format: "jwk" });
  const keys = stored.parse({ publicKey: x, privateKey: d });
  await replaceFile(files, FILE, Buffer.from(JSON.stringify(keys)));
  return toIdentity(keys);
}

/** Whether `signature` (base64url) is the Ed25519 signature of `bytes` by the key (base64url). Never throws. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, bytes, key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

/** The JSON value of some bytes, or undefined if they hold none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

function toIdentity(keys: z.infer<typeof stored>): Identity {
  const jwk = { kty: "OKP", crv: "Ed25519", x: keys.publicKey, d: keys.privateKey };
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return {
    publicKey: keys.publicKey,
    sign: (text) => sign(null, Buffer.from(text, "utf8"), key).toString("base64url"),
  };
}
