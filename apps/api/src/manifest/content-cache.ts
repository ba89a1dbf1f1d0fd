import { type OrganizationScope, scopedKey } from "@vitrine/db/scope";
import type { EncodedContent } from "./encode-manifest.ts";

/** Which content: of a revision, and of the playlists and entries chosen. */
export type ContentKey = {
  revision: number;
  playlistId: string | null;
  defaultPlaylistId: string | null;
  entriesDigest: string;
};

/**
 * Contents of manifests by organization, each shared by all screens that play the same. An organization's contents of
 * an older revision go when one of a newer comes; the organizations least lately used go first.
 */
export type ContentCache = {
  find(scope: OrganizationScope, key: ContentKey): EncodedContent | undefined;
  keep(scope: OrganizationScope, key: ContentKey, content: EncodedContent): void;
  /** Runs `read` once for all who ask for the same at the same time. */
  share<Result>(scope: OrganizationScope, key: ContentKey, read: () => Promise<Result>): Promise<Result>;
};

type Held = { revision: number; lengthChars: number; contents: Map<string, EncodedContent> };

/** Makes a cache that holds about `maxChars` characters of JSON; one content larger than that is not kept. */
export function makeContentCache(maxChars = 32 * 1024 * 1024): ContentCache {
  const organizations = new Map<string, Held>();
  const running = new Map<string, Promise<unknown>>();
  let heldChars = 0;

  const drop = (organization: string) => {
    heldChars -= organizations.get(organization)?.lengthChars ?? 0;
    organizations.delete(organization);
  };
  return {
    find(scope, key) {
      const organization = scopedKey(scope, "manifest-content");
      const held = organizations.get(organization);
      if (held?.revision !== key.revision) return undefined;
      organizations.delete(organization);
      organizations.set(organization, held);
      return held.contents.get(choiceOf(key));
    },
    keep(scope, key, content) {
      const organization = scopedKey(scope, "manifest-content");
      const before = organizations.get(organization);
      if (content.lengthChars > maxChars || (before && before.revision > key.revision)) return;
      if (before && before.revision < key.revision) drop(organization);
      const held = organizations.get(organization) ?? { ...key, lengthChars: 0, contents: new Map() };
      organizations.set(organization, held);
      const added = content.lengthChars - (held.contents.get(choiceOf(key))?.lengthChars ?? 0);
      held.contents.set(choiceOf(key), content);
      held.lengthChars += added;
      heldChars += added;
      for (const oldest of organizations.keys()) {
        if (heldChars <= maxChars) break;
        drop(oldest);
      }
    },
    async share<Result>(scope: OrganizationScope, key: ContentKey, read: () => Promise<Result>) {
      const word = scopedKey(scope, "manifest-content", `${key.revision}`, choiceOf(key));
      const under = running.get(word);
      if (under) return asShared<Result>(under);
      const mine = read().finally(() => running.delete(word));
      running.set(word, mine);
      return mine;
    },
  };
}

function choiceOf({ playlistId, defaultPlaylistId, entriesDigest }: ContentKey): string {
  return `${playlistId} ${defaultPlaylistId} ${entriesDigest}`;
}

/** Guarantee: `share` is called with one kind of reader only, so what runs under a key gives what its callers ask for. */
function asShared<Result>(promise: Promise<unknown>): Promise<Result> {
  return promise as Promise<Result>;
}
