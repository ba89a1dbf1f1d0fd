import { fit, isLinkKind, loudness } from "@vitrine/core/model/asset";
import {
  manifestAsset,
  manifestFile,
  type manifestItem,
  type manifestPlaylist,
} from "@vitrine/core/model/manifest";
import { playlistOrder } from "@vitrine/core/model/playlist";
import {
  type Daypart,
  daypart,
  type Entry,
  entryFields,
  type Layout,
  layout,
  layoutZone,
} from "@vitrine/core/model/schedule";
import * as z from "zod";

const optionalId = z.uuid().nullable();
/** A point in time as the database writes it in JSON, made one of the wire. */
const storedInstant = z
  .string()
  .transform((text) => new Date(text).toISOString())
  .nullable();

const storedItem = z.object({
  id: z.uuid(),
  assetId: optionalId,
  playlistId: optionalId,
  durationMs: z.int().nullable(),
  take: z.int().nullable(),
  weight: z.int(),
});
const storedPlaylist = z.object({ id: z.uuid(), name: z.string(), order: playlistOrder, fadeMs: z.int() });
const { zones: _zones, ...layoutFields } = layout.shape;
/** Parts of wholes, in order, by the id of the whole. */
const partsOf = <Part extends z.ZodType>(part: Part) => z.array(z.tuple([z.uuid(), z.array(part)]));
const storedAsset = manifestAsset.omit({ file: true }).extend({
  blobSha256: z.string().nullable(),
  fit,
  loudness,
  availableFrom: storedInstant,
  availableUntil: storedInstant,
});
const storedEntry = z.object({
  ...entryFields,
  id: z.uuid(),
  content: z.undefined().optional(),
  when: z.undefined().optional(),
  assetId: optionalId,
  playlistId: optionalId,
  layoutId: optionalId,
  createdAt: z.string().transform((text) => new Date(text).toISOString()),
  validFrom: storedInstant,
  validUntil: storedInstant,
  start: z.string().nullable(),
  end: z.string().nullable(),
  recurrence: z.string().nullable(),
  exceptDates: z.array(z.string()),
  extraDates: z.array(z.string()),
});

/** What the database gives of the chosen: enabled items, playable assets, their files, entries and what these name. */
export const storedContent = z.object({
  entries: z.array(storedEntry),
  layouts: z.array(z.object(layoutFields)),
  zones: partsOf(layoutZone),
  dayparts: z.array(daypart),
  playlists: z.array(storedPlaylist),
  items: partsOf(storedItem),
  /** Which item waits for which daypart. */
  itemWaits: z.array(z.tuple([z.uuid(), z.uuid()])),
  assets: z.array(storedAsset),
  files: z.array(manifestFile),
  subjectIds: z.array(z.uuid()),
});
type Stored = z.infer<typeof storedContent>;

/** What was chosen and plays, each list by id. A manifest says nothing of what is as its schema takes it to be. */
export type ManifestContent = {
  entries: Entry[];
  layouts: Layout[];
  dayparts: Daypart[];
  playlists: z.input<typeof manifestPlaylist>[];
  assets: z.input<typeof manifestAsset>[];
  /** Everything that was chosen, playable or not: a change of any of these may change the manifest. */
  subjectIds: readonly string[];
};

/** Brings together what plays: no item without its content, no asset that nothing shows, no image or video without its file. */
export function toContent(stored: Stored): ManifestContent {
  const playable = playableAssets(stored);
  const present = new Set(stored.playlists.map(({ id }) => id));
  const waits = waitsByItem(stored);
  const isThere = ({ assetId, playlistId }: { assetId: string | null; playlistId: string | null }) =>
    (assetId !== null && playable.has(assetId)) || (playlistId !== null && present.has(playlistId));
  const itemsOf = new Map(stored.items);
  const zonesOf = new Map(stored.zones);
  const playlists = stored.playlists.map(({ order, fadeMs, ...playlist }) => ({
    ...playlist,
    ...(order === "sequence" ? {} : { order }),
    ...(fadeMs > 0 && { fadeMs }),
    items: (itemsOf.get(playlist.id) ?? [])
      .filter(isThere)
      .map((item) => toItem(item, waits.get(item.id) ?? [])),
  }));
  const entries = stored.entries.map(toEntry);
  const layouts = stored.layouts.map((one) => ({ ...one, zones: zonesOf.get(one.id) ?? [] }));
  const shown = new Set([
    ...stored.playlists.flatMap(({ id }) => (itemsOf.get(id) ?? []).flatMap(({ assetId }) => assetId ?? [])),
    ...stored.entries.flatMap(({ assetId }) => assetId ?? []),
  ]);
  return {
    entries: entries.sort(byId),
    layouts: layouts.sort(byId),
    dayparts: stored.dayparts.sort(byId),
    playlists: playlists.sort(byId),
    assets: [...playable.values()].filter(({ id }) => shown.has(id)).sort(byId),
    subjectIds: stored.subjectIds,
  };
}

function playableAssets({ assets, files }: Stored): Map<string, z.input<typeof manifestAsset>> {
  const filesBySha256 = new Map(files.map((file) => [file.sha256, file]));
  const playable = new Map<string, z.input<typeof manifestAsset>>();
  for (const { blobSha256, fit, loudness, availableFrom, availableUntil, ...asset } of assets) {
    const isLink = isLinkKind(asset.kind);
    const file = blobSha256 === null || isLink ? null : (filesBySha256.get(blobSha256) ?? null);
    if (!isLink && !file) continue;
    playable.set(asset.id, {
      ...asset,
      file,
      ...(fit !== "contain" && { fit }),
      ...(loudness !== 100 && { loudness }),
      ...(availableFrom !== null && { availableFrom }),
      ...(availableUntil !== null && { availableUntil }),
    });
  }
  return playable;
}

function waitsByItem({ itemWaits }: Stored): Map<string, string[]> {
  const waits = new Map<string, string[]>();
  for (const [itemId, daypartId] of itemWaits) waits.set(itemId, [...(waits.get(itemId) ?? []), daypartId]);
  return waits;
}

function toItem(
  { id, assetId, playlistId, durationMs, take, weight }: z.infer<typeof storedItem>,
  daypartIds: readonly string[],
): z.input<typeof manifestItem> {
  return {
    id,
    ...(assetId !== null && { assetId }),
    ...(playlistId !== null && { playlistId }),
    durationMs,
    ...(take !== null && { take }),
    ...(weight !== 1 && { weight }),
    ...(daypartIds.length > 0 && { daypartIds: [...daypartIds] }),
  };
}

function toEntry(stored: z.infer<typeof storedEntry>): Entry {
  const { assetId, playlistId, layoutId, start, end, recurrence, exceptDates, extraDates, ...rest } = stored;
  const { content: _, when: __, ...fields } = rest;
  const when = start === null || end === null ? null : { start, end, recurrence, exceptDates, extraDates };
  return { ...fields, content: contentOf({ assetId, playlistId, layoutId }), when };
}

function contentOf(ids: {
  assetId: string | null;
  playlistId: string | null;
  layoutId: string | null;
}): Entry["content"] {
  if (ids.assetId !== null) return { kind: "asset", assetId: ids.assetId };
  if (ids.playlistId !== null) return { kind: "playlist", playlistId: ids.playlistId };
  if (ids.layoutId !== null) return { kind: "layout", layoutId: ids.layoutId };
  throw new Error("An entry has no content, which its table does not allow");
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}
