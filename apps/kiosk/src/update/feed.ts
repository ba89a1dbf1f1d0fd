import { createPublicKey, verify } from "node:crypto";
import * as z from "zod";

const version = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, "A version is three numbers");
const MOST_BYTES = 2 * 1024 ** 3;

/** What a channel offers, as signed. */
export const release = z.strictObject({
  channel: z.string().max(40),
  /** Counts the feeds of a channel; one that is lower than the last seen is an old one. */
  serial: z.int().min(1),
  version,
  /** A player older than this goes through an earlier release first; null: from any. */
  leastVersion: version.nullable(),
  /** The signer wants players of higher versions to go back to this one. */
  isWayBack: z.boolean(),
  /** One tar.gz for each architecture, by Node's names; addresses may be relative to the feed. */
  files: z
    .array(
      z.strictObject({
        arch: z.string().max(20),
        url: z.string().max(2000),
        sizeBytes: z.int().min(1).max(MOST_BYTES),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(10),
});
export type Release = z.infer<typeof release>;
export type ReleaseFile = Release["files"][number];

const envelope = z.strictObject({ payload: z.base64(), signature: z.base64() });

/** Longest feed that is read. */
export const FEED_LIMIT_BYTES = 64 * 1024;

/**
 * The release in a feed `{payload, signature}`, both base64, the signature of the payload's bytes by Ed25519.
 * Throws one sentence when the signature is not of this key (base64 of its DER), or the words make no sense.
 */
export function readFeed(text: string, publicKey: string): Release {
  const { payload, signature } = parseOr("The feed cannot be read", () => envelope.parse(JSON.parse(text)));
  const bytes = Buffer.from(payload, "base64");
  const isGenuine = parseOr("The key for updates is not an Ed25519 public key", () => {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return verify(null, bytes, key, Buffer.from(signature, "base64"));
  });
  if (!isGenuine) throw new Error("The feed is not signed by the key of this player");
  return parseOr("The signed feed cannot be read", () => release.parse(JSON.parse(bytes.toString("utf8"))));
}

/** Below 0 when `one` is the older. Both are three numbers. */
export function compareVersions(one: string, other: string): number {
  const others = other.split(".").map(Number);
  const differences = one.split(".").map((part, index) => Number(part) - (others[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** What of a release this player shall take: a file, or nothing with the reason if there is one. */
export type Choice = { kind: "take"; file: ReleaseFile } | { kind: "nothing"; problem: string | null };

export interface Standing {
  channel: string;
  version: string;
  arch: string;
  /** Highest serial of this channel that was ever seen here. */
  lastSerial: number;
  /** Versions that were not healthy here. */
  givenUp: readonly string[];
}

/** Decides; a release that would lead back is taken only when its signer says so. */
export function chooseRelease(offered: Release, standing: Standing): Choice {
  const nothing = (problem: string | null): Choice => ({ kind: "nothing", problem });
  if (offered.channel !== standing.channel) return nothing(`The feed is of the channel ${offered.channel}`);
  if (offered.serial < standing.lastSerial) return nothing("The feed is older than one that was seen before");
  const order = compareVersions(offered.version, standing.version);
  if (order === 0 || (order < 0 && !offered.isWayBack)) return nothing(null);
  if (standing.givenUp.includes(offered.version)) return nothing(null);
  if (offered.leastVersion !== null && compareVersions(standing.version, offered.leastVersion) < 0)
    return nothing(`${offered.version} needs ${offered.leastVersion} first`);
  const file = offered.files.find(({ arch }) => arch === standing.arch);
  return file === undefined
    ? nothing(`${offered.version} is not made for ${standing.arch}`)
    : { kind: "take", file };
}

function parseOr<Value>(complaint: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw new Error(complaint, { cause: error });
  }
}
