import { type KeyObject, sign } from "node:crypto";
import type { Database } from "@vitrine/db/database";
import type { OrganizationScope } from "@vitrine/db/scope";
import type { Clock } from "../platform/clock.ts";
import { type ContentCache, makeContentCache } from "./content-cache.ts";
import {
  type EncodedContent,
  type EncodedManifest,
  encodeContent,
  encodeManifest,
  textOf,
} from "./encode-manifest.ts";
import { deflateSmallPiece, joinToGzip } from "./gzip-pieces.ts";
import { findManifestHead, findManifestSource, type ManifestHead } from "./read-manifest.ts";

/** A manifest, named and not yet written out: mostly its name is all that is wanted. */
export type BuiltManifest = {
  /** Names all of it but the revision: it changes when, and only when, something else in it does. */
  etag: string;
  /** The organization's content revision. */
  revision: number;
  hasContent: boolean;
  /** As it is verified: canonical JSON (RFC 8785) and its Ed25519 signature in base64url. */
  write(): WrittenManifest;
  /** A change of any of these may change the manifest; so may any change of the device itself. */
  subjects: ManifestSubjects;
};
export type WrittenManifest = {
  body: Buffer;
  signature: string;
  /** The same body compressed by gzip. What screens share of it is compressed once, by another thread. */
  gzip(): Promise<Buffer>;
};
export type ManifestSubjects = {
  organizationId: string;
  deviceId: string;
  /** Entries, playlists, layouts, dayparts and assets that were chosen, playable or not; one list for all who share them. */
  ids: readonly string[];
};

/** The manifests of screens. */
export type Manifests = {
  /** What a screen shall play now; null when there is no such present screen. One or two reads of the database. */
  build(scope: OrganizationScope, deviceId: string): Promise<BuiltManifest | null>;
};

export type ManifestsDeps = {
  database: Database;
  manifestKey: KeyObject;
  clock: Clock;
};

/** Makes the builder, with a cache of the contents that screens share. */
export function makeManifests({ database, manifestKey, clock }: ManifestsDeps): Manifests {
  const contents: ContentCache = makeContentCache();
  return {
    async build(scope, deviceId) {
      const source = await findSource({ database, contents, scope, deviceId, nowMs: clock.nowMs() });
      if (!source) return null;
      const { head, content } = source;
      const ids = { organizationId: scope.organizationId, deviceId };
      const encoded = encodeManifest(ids, head, content, clock.nowMs());
      return {
        etag: encoded.etag,
        revision: head.revision,
        hasContent: content.hasAssets,
        subjects: { ...ids, ids: content.subjectIds },
        write: () => writeManifest(encoded, manifestKey),
      };
    },
  };
}

function writeManifest(encoded: EncodedManifest, key: KeyObject): WrittenManifest {
  const body = Buffer.from(textOf(encoded));
  return {
    body,
    signature: sign(null, body, key).toString("base64url"),
    async gzip() {
      const pieces = encoded.pieces.map((piece) =>
        typeof piece === "string" ? deflateSmallPiece(piece) : piece.deflated(),
      );
      return joinToGzip(await Promise.all(pieces), body);
    },
  };
}

type Asked = {
  database: Database;
  contents: ContentCache;
  scope: OrganizationScope;
  deviceId: string;
  nowMs: number;
};
type Source = { head: ManifestHead; content: EncodedContent };

/** Content from the cache where the head's revision has it; else head and content anew, of one moment. */
async function findSource(asked: Asked): Promise<Source | undefined> {
  const { database, contents, scope, deviceId, nowMs } = asked;
  const head = await findManifestHead(database, scope, deviceId, nowMs);
  if (!head) return undefined;
  const known = contents.find(scope, head);
  if (known) return { head, content: known };
  const read = () => readSource(asked);
  const shared = await contents.share(scope, head, read);
  if (shared && isSameChoice(shared.head, head)) return { head, content: shared.content };
  return read();
}

async function readSource({
  database,
  contents,
  scope,
  deviceId,
  nowMs,
}: Asked): Promise<Source | undefined> {
  const found = await findManifestSource(database, scope, deviceId, nowMs);
  if (!found) return undefined;
  const content = encodeContent(found.content);
  contents.keep(scope, found.head, content);
  return { head: found.head, content };
}

function isSameChoice(one: ManifestHead, other: ManifestHead): boolean {
  return (
    one.revision === other.revision &&
    one.playlistId === other.playlistId &&
    one.defaultPlaylistId === other.defaultPlaylistId &&
    one.entriesDigest === other.entriesDigest
  );
}
