import { join } from "node:path";
import { type Colour, startDisplay } from "@vitrine/harness/glass";
import { watchGlass } from "@vitrine/harness/glass-watcher";
import { makeJpeg, makeMp4 } from "@vitrine/harness/media";
import { signUp, untilReady, upload } from "@vitrine/harness/person";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import { readMemory, type SoakMemory } from "./browser-memory.ts";
import { servePage } from "./soak-content.ts";

/** What some minutes of a whole kiosk left behind, after the warm-up. */
export interface KioskSoak {
  changes: number;
  memory: SoakMemory;
  looks: number;
  blackLooks: number;
}

export interface KioskSoakOptions {
  minutes: number;
  /** How often its memory is looked at, four times a second, each time that it is read. */
  memoryLooks: number;
  /** Told about every ten seconds. */
  onProgress?(changes: number): void;
}

/** The shortest that a manifest may tell. */
const ITEM_MS = 500;
const EARLY_CHANGES = 120;
/** Five minutes: the browser starts the last of its processes after three. */
const WARM_UP_CHANGES = 600;
const LOOK_EVERY_MS = 20;
const PICTURES = 6;

/** A real server and a real kiosk that plays pictures, a video and a web page of half a second each. */
export async function runKioskSoak({
  minutes,
  memoryLooks,
  onProgress,
}: KioskSoakOptions): Promise<KioskSoak> {
  using folder = temporaryFolder();
  await using server = await startVitrine(join(folder.path, "server"));
  await using display = await startDisplay();
  await using page = await servePage();
  const person = await signUp(server.url, "Soak", "Soak");
  const size = { width: 1280, height: 720 };
  const files = await Promise.all(
    Array.from({ length: PICTURES }, (_, index) =>
      makeJpeg(folder.path, `picture-${index}.jpg`, colourOf(index), size),
    ),
  );
  files.push(makeMp4(folder.path, "film.mp4", [20, 160, 60], 2));
  const assetIds: string[] = [];
  for (const file of files) {
    const id = await upload(server.url, person, file);
    await untilReady(person, id);
    assetIds.push(id);
  }
  assetIds.push((await person.api.assets.createWeb.mutate({ url: page.url })).id);
  const playlist = await person.api.playlists.create.mutate({ name: "Loop", assetIds });
  for (const { id: itemId } of playlist.items)
    await person.api.playlists.updateItem.mutate({ playlistId: playlist.id, itemId, durationMs: ITEM_MS });

  const kioskFolder = join(folder.path, "kiosk");
  const env = { VITRINE_KIOSK_ALLOW_PRIVATE: "127.0.0.1,localhost" };
  await using kiosk = startKiosk({ server: server.url, dataDir: kioskFolder, display: display.name, env });
  const [, code = ""] = await kiosk.waitFor(/enter the code (\S+)/, 60_000);
  await person.api.devices.claim.mutate({ code, name: "Soak", playlistId: playlist.id });
  const changes = () => kiosk.output().split('"event":"shown"').length - 1;
  const read = () => readMemory(kiosk.pid, { engine: true, looks: memoryLooks });
  await eventually("the first minute", () => changes() >= EARLY_CHANGES || undefined, 300_000);
  const early = await read();
  await eventually("the warm-up", () => changes() >= WARM_UP_CHANGES || undefined, 900_000);

  await using watcher = watchGlass(display, {}, LOOK_EVERY_MS);
  const before = changes();
  const startedAtMs = Date.now();
  const start = await read();
  const halfMs = minutes * 30_000;
  const rest = async (untilMs: number) => {
    while (Date.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, untilMs - Date.now())));
      onProgress?.(changes() - before);
    }
  };
  await rest(startedAtMs + halfMs);
  const middle = await read();
  await rest(startedAtMs + 2 * halfMs);
  const end = await read();
  const looks = watcher.between(startedAtMs, Date.now());
  return {
    changes: changes() - before,
    memory: { early, start, middle, end },
    looks: looks.length,
    blackLooks: looks.filter(({ seen }) => seen === "black").length,
  };
}

function colourOf(index: number): Colour {
  return [40 + index * 30, 120, 220 - index * 25];
}
