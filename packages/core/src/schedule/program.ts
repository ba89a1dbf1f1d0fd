import type { Manifest, ManifestAsset, ManifestItem, ManifestPlaylist } from "../model/manifest.ts";
import type { Daypart, Entry, Layout } from "../model/schedule.ts";

/** Something in a manifest that cannot be as it says; `path` leads to it. What it concerns is left out. */
export type Diagnostic = {
  kind:
    | "playlist_cycle"
    | "nested_too_deep"
    | "unknown_asset"
    | "unknown_playlist"
    | "unknown_layout"
    | "unknown_daypart"
    | "unknown_main_zone"
    | "share_over_100";
  path: string;
};

/** A manifest with its parts by id, and what is wrong with it. */
export type Program = {
  manifest: Manifest;
  assets: ReadonlyMap<string, ManifestAsset>;
  playlists: ReadonlyMap<string, ManifestPlaylist>;
  layouts: ReadonlyMap<string, Layout>;
  dayparts: ReadonlyMap<string, Daypart>;
  /** Entries in the order of (createdAt, id). */
  entries: readonly Entry[];
  /** Items that lead back to a playlist that they are a part of, or too deep: they are not in any loop. */
  cutItems: ReadonlyMap<ManifestItem, "playlist_cycle" | "nested_too_deep">;
  diagnostics: readonly Diagnostic[];
};

const programs = new WeakMap<Manifest, Program>();

/** Prepares a manifest once; the manifest must not be changed afterwards. */
export function programOf(manifest: Manifest): Program {
  const known = programs.get(manifest);
  if (known) return known;
  const maps = {
    assets: byId(manifest.assets),
    playlists: byId(manifest.playlists),
    layouts: byId(manifest.layouts),
    dayparts: byId(manifest.dayparts),
  };
  const cutItems = findCutItems(manifest, maps.playlists);
  const diagnostics = diagnose(manifest, maps, cutItems);
  const entries = manifest.entries.toSorted(
    (one, other) => compare(one.createdAt, other.createdAt) || compare(one.id, other.id),
  );
  const program = { manifest, ...maps, entries, cutItems, diagnostics };
  programs.set(manifest, program);
  return program;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function byId<One extends { id: string }>(list: readonly One[]): Map<string, One> {
  return new Map(list.map((one) => [one.id, one]));
}

/** Playlists may lie in each other this deep. */
export const MAX_NESTING = 16;

/**
 * The items that close a cycle of playlists, in a walk over the playlists in the order of their ids, and those that
 * lead deeper than `MAX_NESTING`. Walked with a stack of its own, so that no manifest is too deep for it.
 */
function findCutItems(
  { playlists: list }: Manifest,
  playlists: ReadonlyMap<string, ManifestPlaylist>,
): Program["cutItems"] {
  const cutItems = new Map<ManifestItem, "playlist_cycle" | "nested_too_deep">();
  const heights = new Map<string, number>();
  for (const root of list.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    if (heights.has(root.id)) continue;
    const underWay = new Set([root.id]);
    const stack = [{ playlist: root, place: 0, height: 1 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const item = top.playlist.items[top.place];
      if (!item) {
        stack.pop();
        underWay.delete(top.playlist.id);
        heights.set(top.playlist.id, top.height);
        continue;
      }
      const next = item.playlistId === null ? undefined : playlists.get(item.playlistId);
      const height = next && heights.get(next.id);
      if (next && underWay.has(next.id)) cutItems.set(item, "playlist_cycle");
      else if (next && height === undefined) {
        underWay.add(next.id);
        stack.push({ playlist: next, place: 0, height: 1 });
        continue;
      } else if (height !== undefined && height >= MAX_NESTING) cutItems.set(item, "nested_too_deep");
      else if (height !== undefined) top.height = Math.max(top.height, height + 1);
      top.place += 1;
    }
  }
  return cutItems;
}

function diagnose(
  manifest: Manifest,
  { assets, playlists, layouts, dayparts }: Pick<Program, "assets" | "playlists" | "layouts" | "dayparts">,
  cutItems: Program["cutItems"],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (isFine: boolean, kind: Diagnostic["kind"], path: string) => {
    if (!isFine) found.push({ kind, path });
  };
  for (const [place, { items }] of manifest.playlists.entries()) {
    for (const [at, item] of items.entries()) {
      const path = `playlists.${place}.items.${at}`;
      const why = cutItems.get(item);
      if (why) found.push({ kind: why, path });
      check(item.assetId === null || assets.has(item.assetId), "unknown_asset", `${path}.assetId`);
      check(
        item.playlistId === null || playlists.has(item.playlistId),
        "unknown_playlist",
        `${path}.playlistId`,
      );
      for (const id of item.daypartIds) check(dayparts.has(id), "unknown_daypart", `${path}.daypartIds`);
    }
  }
  for (const [place, { zones, mainZoneId }] of manifest.layouts.entries()) {
    check(
      zones.some(({ id }) => id === mainZoneId),
      "unknown_main_zone",
      `layouts.${place}.mainZoneId`,
    );
    for (const [at, { playlistId }] of zones.entries()) {
      const path = `layouts.${place}.zones.${at}.playlistId`;
      check(playlistId === null || playlists.has(playlistId), "unknown_playlist", path);
    }
  }
  for (const [place, { content, daypartIds }] of manifest.entries.entries()) {
    const path = `entries.${place}`;
    if (content.kind === "asset") check(assets.has(content.assetId), "unknown_asset", `${path}.content`);
    if (content.kind === "playlist")
      check(playlists.has(content.playlistId), "unknown_playlist", `${path}.content`);
    if (content.kind === "layout") check(layouts.has(content.layoutId), "unknown_layout", `${path}.content`);
    for (const id of daypartIds) check(dayparts.has(id), "unknown_daypart", `${path}.daypartIds`);
  }
  for (const name of ["playlistId", "defaultPlaylistId"] as const) {
    const id = manifest[name];
    check(id === null || playlists.has(id), "unknown_playlist", name);
  }
  return found;
}
