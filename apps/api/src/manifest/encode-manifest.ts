import { createHash, type KeyObject, sign } from "node:crypto";
import { MANIFEST_VERSION, type manifest } from "@vitrine/core/model/manifest";
import { DEFAULT_GRACE_MS } from "@vitrine/core/model/organization";
import canonicalize from "canonicalize";
import type * as z from "zod";
import type { ManifestContent } from "./manifest-content.ts";
import type { ManifestHead } from "./read-manifest.ts";

/** The part of a manifest that screens with the same playlists and entries share, as canonical JSON. */
export type EncodedContent = {
  /** Members of the manifest: the name of each with its value as canonical JSON. */
  members: readonly (readonly [name: string, json: string])[];
  /** Playlists of the content that are present. */
  playlistIds: ReadonlySet<string>;
  subjectIds: readonly string[];
  lengthChars: number;
};

/** A manifest as it travels: canonical JSON (RFC 8785), its SHA-256 in hexadecimal, its Ed25519 signature in base64url. */
export type SignedManifest = { body: Buffer; etag: string; signature: string };

/** How long a manifest is good: to the end of the 30th day after the start of the current one, UTC. */
const VALID_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;

/** Writes what screens share once. */
export function encodeContent(content: ManifestContent): EncodedContent {
  const { subjectIds, playlists, assets, ...rest } = content;
  // Lists that came with version 2 are left out where they are empty, as the schema takes them to be.
  const others = Object.entries(rest).filter(([, list]) => list.length > 0);
  const members = [["playlists", playlists] as const, ["assets", assets] as const, ...others].map(
    ([name, list]) => [name, canonical(list)] as const,
  );
  return {
    members,
    playlistIds: new Set(playlists.map(({ id }) => id)),
    subjectIds,
    lengthChars: members.reduce((sum, [, json]) => sum + json.length, 0),
  };
}

/** The canonical JSON of one screen's manifest. The same all day as long as nothing in it changes. */
export function encodeManifest(
  ids: { organizationId: string; deviceId: string },
  head: ManifestHead,
  content: EncodedContent,
  nowMs: number,
): string {
  const presentId = (id: string | null) => (id !== null && content.playlistIds.has(id) ? id : null);
  const rest: Omit<z.input<typeof manifest>, keyof ManifestContent> = {
    version: MANIFEST_VERSION,
    organizationId: ids.organizationId,
    organizationName: head.organizationName,
    deviceId: ids.deviceId,
    deviceName: head.deviceName,
    revision: head.revision,
    validUntil: new Date(nowMs - (nowMs % DAY_MS) + VALID_MS).toISOString(),
    timeZone: head.timeZone,
    rotation: head.rotation,
    ...(head.volumePercent !== null && { volumePercent: head.volumePercent }),
    ...(head.privateHosts.length > 0 && { privateHosts: head.privateHosts }),
    ...((head.brandColor !== null || head.brandLogo !== null) && {
      brand: { color: head.brandColor, logo: head.brandLogo },
    }),
    playlistId: presentId(head.playlistId),
    defaultPlaylistId: presentId(head.defaultPlaylistId),
    ...(head.graceMs !== DEFAULT_GRACE_MS && { graceMs: head.graceMs }),
  };
  const members = [
    ...Object.entries(rest).map(([name, value]) => [name, canonical(value)] as const),
    ...content.members,
  ];
  // RFC 8785 3.2.3 orders members by UTF-16 code units, as `<` compares strings.
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}

/** Hashes and signs. */
export function signManifest(text: string, key: KeyObject): SignedManifest {
  const body = Buffer.from(text);
  return {
    body,
    etag: createHash("sha256").update(body).digest("hex"),
    signature: sign(null, body, key).toString("base64url"),
  };
}

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("A manifest holds something that JSON cannot say");
  return text;
}
