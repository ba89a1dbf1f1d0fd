import type { Manifest } from "@vitrine/core/model/manifest";
import { contentOf } from "../playback/plan.ts";

/** What each asset of some manifests shows, in the terms of the glass: a file's hash, or an address. */
export function contentsByAsset(manifests: Iterable<Manifest>): Map<string, Set<string>> {
  const contents = new Map<string, Set<string>>();
  for (const asset of [...manifests].flatMap(({ assets }) => assets)) {
    const known = contents.get(asset.id) ?? new Set();
    contents.set(asset.id, known.add(contentOf(asset).replace(/^web /, "")));
  }
  return contents;
}
