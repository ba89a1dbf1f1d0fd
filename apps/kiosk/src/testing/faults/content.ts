import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Colour } from "@vitrine/harness/glass";
import { BLUE, GREEN, makeJpeg, makeMp4, RED } from "@vitrine/harness/media";
import { type Person, untilReady, upload } from "@vitrine/harness/person";
import { openEmbedded } from "@vitrine/harness/plays";

/** What the glass shows of each item. */
export type ItemName =
  | "red"
  | "green"
  | "film"
  | "page"
  | "magenta"
  | "cyan"
  | "orange"
  | "white"
  | "spoiled";
export const COLOURS: Record<ItemName, Colour> = {
  red: RED,
  green: GREEN,
  film: BLUE,
  page: [220, 200, 30],
  magenta: [200, 40, 180],
  cyan: [20, 185, 195],
  orange: [240, 120, 20],
  white: [235, 235, 235],
  spoiled: [120, 120, 120],
};

/** The loop: 11 s in all, so that an hour is no multiple of it. */
const LOOP: readonly [ItemName, number][] = [
  ["red", 2000],
  ["green", 1500],
  ["film", 3000],
  ["page", 2500],
  ["magenta", 2000],
];
const EXTRA_MS = 2000;
const SIZE = { width: 640, height: 360 };
/** Seconds on a line of 64 kbit/s. */
const LARGE = { width: 960, height: 540 };

/** The playlist of the screen, and what can be added to it. */
export interface Content {
  readonly playlistId: string;
  nameOf(assetId: string): ItemName;
  idOf(name: ItemName): string;
  /** Puts an item at the loop's end. */
  add(name: ItemName): Promise<void>;
  remove(name: ItemName): Promise<void>;
  /** Takes out whatever was added. */
  reset(): Promise<void>;
}

export interface ContentDeps {
  server: { url: string };
  serverDataDir: string;
  person: Person;
  folder: string;
  pageUrl: string | undefined;
  /** What may be added later. */
  extras: readonly ItemName[];
}

/** Uploads everything and makes the playlist; without a page's address the loop has no page. */
export async function makeContent(deps: ContentDeps): Promise<Content> {
  const { person, pageUrl } = deps;
  const names = new Map<string, ItemName>();
  const ids = new Map<ItemName, string>();
  const loop = LOOP.filter(([name]) => name !== "page" || pageUrl !== undefined);
  for (const name of [...loop.map(([one]) => one), ...deps.extras]) {
    const id = name === "page" ? await addPage(person, pageUrl ?? "") : await addFile(deps, name);
    names.set(id, name);
    ids.set(name, id);
  }
  const idOf = (name: ItemName) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`There is no ${name} item`);
    return id;
  };
  if (deps.extras.includes("spoiled")) await spoil(deps, idOf("spoiled"));
  const assetIds = loop.map(([name]) => idOf(name));
  const { id: playlistId, items } = await person.api.playlists.create.mutate({ name: "Loop", assetIds });
  for (const [place, { id: itemId }] of items.entries()) {
    const [, durationMs] = loop[place] ?? ["red", EXTRA_MS];
    await person.api.playlists.updateItem.mutate({ playlistId, itemId, durationMs });
  }
  const itemOf = async (name: ItemName) => {
    const playlist = await person.api.playlists.get.query({ id: playlistId });
    const item = playlist.items.find(({ assetId }) => assetId === idOf(name));
    if (!item) throw new Error(`${name} is not in the loop`);
    return item.id;
  };
  return {
    playlistId,
    idOf,
    nameOf(assetId) {
      const name = names.get(assetId);
      if (name === undefined) throw new Error(`Asset ${assetId} is none of this run's`);
      return name;
    },
    async add(name) {
      await person.api.playlists.addItems.mutate({ playlistId, assetIds: [idOf(name)] });
      const itemId = await itemOf(name);
      await person.api.playlists.updateItem.mutate({ playlistId, itemId, durationMs: EXTRA_MS });
    },
    async remove(name) {
      await person.api.playlists.removeItems.mutate({ playlistId, itemIds: [await itemOf(name)] });
    },
    async reset() {
      const playlist = await person.api.playlists.get.query({ id: playlistId });
      const itemIds = playlist.items.slice(loop.length).map(({ id }) => id);
      if (itemIds.length > 0) await person.api.playlists.removeItems.mutate({ playlistId, itemIds });
    },
  };
}

async function addPage(person: Person, url: string): Promise<string> {
  const asset = await person.api.assets.createWeb.mutate({ name: "Page", url });
  return asset.id;
}

async function addFile({ server, person, folder }: ContentDeps, name: ItemName): Promise<string> {
  const colour = COLOURS[name];
  const isFilm = name === "film" || name === "spoiled";
  const size = name === "cyan" || name === "orange" ? LARGE : SIZE;
  const path = isFilm
    ? makeMp4(folder, `${name}.mp4`, colour, 3, SIZE)
    : await makeJpeg(folder, `${name}.jpg`, colour, size);
  const id = await upload(server.url, person, path);
  await untilReady(person, id);
  return id;
}

/**
 * Gives a film's asset a file whose head is whole and whose pictures are noise. No upload is taken like that, so it is
 * put where the server keeps files, with its true hash: what a decoder with a fault makes of a good one.
 */
async function spoil({ serverDataDir, person, folder }: ContentDeps, assetId: string): Promise<void> {
  const bytes = await readFile(join(folder, "spoiled.mp4"));
  const pictures = bytes.indexOf("mdat") + 4;
  randomBytes(bytes.length - pictures).copy(bytes, pictures);
  const digest = createHash("sha256").update(bytes).digest();
  const sha256 = digest.toString("hex");
  const path = join(serverDataDir, "blobs", person.organizationId, sha256.slice(0, 2), sha256);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await writeFile(`${path}.chunks`, digest);
  const chunksSha256 = createHash("sha256").update(digest).digest("hex");
  const sql = openEmbedded(serverDataDir);
  try {
    await sql`insert into tenant.blobs (organization_id, sha256, size_bytes, media_type, chunks_sha256)
      values (${person.organizationId}, ${sha256}, ${bytes.length}, 'video/mp4', ${chunksSha256})`;
    await sql`update tenant.assets set blob_sha256 = ${sha256}, size_bytes = ${bytes.length} where id = ${assetId}`;
  } finally {
    await sql.end();
  }
}
