import { createHash } from "node:crypto";
import { MANIFEST_VERSION, type manifest } from "@vitrine/core/model/manifest";
import { DEFAULT_GRACE_MS } from "@vitrine/core/model/organization";
import canonicalize from "canonicalize";
import type * as z from "zod";
import { deflatePiece } from "./gzip-pieces.ts";
import type { ManifestContent } from "./manifest-content.ts";
import type { ManifestHead } from "./read-manifest.ts";

/** One member of a manifest that many screens share: its name and value as canonical JSON. */
export type SharedMember = {
  readonly name: string;
  /** `"name":value`. */
  readonly text: string;
  /** The same as a piece of a DEFLATE stream (see `deflatePiece`), made once and when it is first wanted. */
  deflated(): Promise<Buffer>;
};

/** The part of a manifest that screens with the same playlists and entries share. */
export type EncodedContent = {
  members: readonly SharedMember[];
  /** SHA-256 of all members. */
  digest: string;
  hasAssets: boolean;
  /** Playlists of the content that are present. */
  playlistIds: ReadonlySet<string>;
  subjectIds: readonly string[];
  lengthChars: number;
};

/** A manifest as canonical JSON (RFC 8785) in pieces, what screens share apart from what is of this one. */
export type EncodedManifest = {
  pieces: readonly (string | SharedMember)[];
  /** SHA-256 over all but the revision, in hexadecimal: two of the same name show the same. */
  etag: string;
};

/** How long a manifest is good from its last renewal: each day, each screen's at a time of its own, so that no fleet comes at once. */
const VALID_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;

/** Writes what screens share once. */
export function encodeContent(content: ManifestContent): EncodedContent {
  const { subjectIds, playlists, assets, ...rest } = content;
  // Lists that came with version 2 are left out where they are empty, as the schema takes them to be.
  const others = Object.entries(rest).filter(([, list]) => list.length > 0);
  const members = [["playlists", playlists] as const, ["assets", assets] as const, ...others]
    .map(([name, list]) => toSharedMember(name, canonical(list)))
    .sort(byName);
  return {
    members,
    digest: digestOf(members.map(({ text }) => text)),
    hasAssets: assets.length > 0,
    playlistIds: new Set(playlists.map(({ id }) => id)),
    subjectIds,
    lengthChars: members.reduce((sum, { text }) => sum + text.length, 0),
  };
}

function toSharedMember(name: string, value: string): SharedMember {
  const text = `${JSON.stringify(name)}:${value}`;
  let deflated: Promise<Buffer> | undefined;
  return {
    name,
    text,
    deflated() {
      deflated ??= deflatePiece(text);
      return deflated;
    },
  };
}

/** One screen's manifest. The same from renewal to renewal as long as nothing else in it changes. */
export function encodeManifest(
  ids: { organizationId: string; deviceId: string },
  head: ManifestHead,
  content: EncodedContent,
  nowMs: number,
): EncodedManifest {
  const presentId = (id: string | null) => (id !== null && content.playlistIds.has(id) ? id : null);
  const rest: Omit<z.input<typeof manifest>, keyof ManifestContent> = {
    version: MANIFEST_VERSION,
    organizationId: ids.organizationId,
    organizationName: head.organizationName,
    deviceId: ids.deviceId,
    deviceName: head.deviceName,
    revision: head.revision,
    validUntil: new Date(renewedAtMs(ids.deviceId, nowMs) + VALID_MS).toISOString(),
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
  const own = Object.entries(rest).map(([name, value]) => ({ name, text: `"${name}":${canonical(value)}` }));
  const unnumbered = own.filter(({ name }) => name !== "revision").map(({ text }) => text);
  return {
    pieces: join([...own, ...content.members].sort(byName)),
    etag: digestOf([...unnumbered, content.digest]),
  };
}

/** The last instant at the screen's own time of day, which the random end of its id says. */
function renewedAtMs(deviceId: string, nowMs: number): number {
  const timeOfDayMs = Number.parseInt(deviceId.slice(-8), 16) % DAY_MS;
  return nowMs - ((nowMs - timeOfDayMs) % DAY_MS);
}

/** The whole text. */
export function textOf({ pieces }: EncodedManifest): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}

/** Members with all that stands between them. */
function join(
  members: readonly ({ name: string; text: string } | SharedMember)[],
): (string | SharedMember)[] {
  const pieces: (string | SharedMember)[] = [];
  let own = "{";
  for (const [index, member] of members.entries()) {
    if (index > 0) own += ",";
    if ("deflated" in member) {
      pieces.push(own, member);
      own = "";
    } else {
      own += member.text;
    }
  }
  return [...pieces, `${own}}`];
}

/** RFC 8785 3.2.3 orders members by UTF-16 code units, as `<` compares strings. */
function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}

/** Texts are told apart: what one ends with is not what the next begins with. */
function digestOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("A manifest holds something that JSON cannot say");
  return text;
}
