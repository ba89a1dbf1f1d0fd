import { createHash } from "node:crypto";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startFaultProxy } from "@vitrine/harness/fault-proxy";
import {
  type Colour,
  glassColour,
  isNear,
  readQrCode,
  startDisplay,
  waitForColour,
} from "@vitrine/harness/glass";
import { BLUE, GREEN, makeJpeg, RED } from "@vitrine/harness/media";
import { type Person, signUp, untilReady, upload } from "@vitrine/harness/person";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";

const YELLOW: Colour = [220, 200, 30];
const MIB = 1024 * 1024;
const LARGE = { width: 10_000, height: 4_000 };

test("over a line that cuts and garbles, files arrive whole and once; what was changed on disk is never shown, and is mended", async () => {
  using folder = temporaryFolder();
  await using display = await startDisplay();
  await using server = await startVitrine(join(folder.path, "server"));
  await using line = await startFaultProxy(server.port);
  const kioskDir = join(folder.path, "kiosk");
  const person = await signUp(server.url, "Bad Line", "Bad Line");
  const colours: [string, Colour][] = [
    ["red.jpg", RED],
    ["green.jpg", GREEN],
    ["blue.jpg", BLUE],
  ];
  const files: CachedFile[] = [];
  for (const [name, colour] of colours) {
    const id = await upload(server.url, person, await makeJpeg(folder.path, name, colour, LARGE));
    await untilReady(person, id);
    files.push(await findFile(person, id));
  }
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const assetIds = files.map(({ id }) => id);
  const playlist = await person.api.playlists.create.mutate({ name: "Loop", assetIds });
  for (const { id } of playlist.items) {
    await person.api.playlists.updateItem.mutate({ playlistId: playlist.id, itemId: id, durationMs: 2_000 });
  }

  line.cutAfter = () => MIB + Math.floor(Math.random() * 4 * MIB);
  {
    await using _kiosk = startKiosk({ server: line.url, dataDir: kioskDir, display: display.name });
    const code = new URL(await readQrCode(display)).searchParams.get("code") ?? "";
    line.movedBytes = 0;
    line.flipAt = 2 * MIB + Math.floor(Math.random() * (totalBytes / 2));
    await person.api.devices.claim.mutate({ code, name: "Window", playlistId: playlist.id });
    await eventually("every file is there", () => areWhole(kioskDir, files), 120_000, 100);
    const movedBytes = line.movedBytes;
    process.stdout.write(
      `bad line: ${totalBytes} bytes arrived by ${movedBytes}, ${line.cuts} cuts, ${line.flips} flips\n`,
    );
    expect(line.cuts).toBeGreaterThanOrEqual(5);
    expect(line.flips).toBe(1);
    // A flipped byte costs the MiB that it is in.
    expect(movedBytes).toBeLessThanOrEqual(totalBytes * 1.05 + line.flips * MIB);
    for (const [, colour] of colours) await waitForColour(display, colour, 30_000);
  }

  const [red] = files;
  if (!red) throw new Error("There is a first file");
  const path = join(kioskDir, "files", red.sha256);
  const before = await stat(path);
  const forged = Buffer.alloc(before.size);
  (await readFile(await makeJpeg(folder.path, "yellow.jpg", YELLOW, { width: 4_000, height: 3_000 }))).copy(
    forged,
  );
  await writeFile(path, forged);
  await utimes(path, before.atime, before.mtime);

  line.cutAfter = undefined;
  const shown = new Set<string>();
  await using _again = startKiosk({ server: line.url, dataDir: kioskDir, display: display.name });
  await eventually(
    "the file is mended and on the glass",
    () => {
      const colour = glassColour(display);
      if (isNear(colour, YELLOW)) shown.add("what was forged");
      return isNear(colour, RED) ? true : undefined;
    },
    60_000,
    20,
  );
  expect([...shown]).toEqual([]);
  expect(await areWhole(kioskDir, files)).toBe(true);
});

type CachedFile = { id: string; sha256: string; sizeBytes: number };

async function findFile(person: Person, id: string): Promise<CachedFile> {
  const { sha256, sizeBytes } = await person.api.assets.get.query({ id });
  if (sha256 === null || sizeBytes === null) throw new Error("A ready picture has a file");
  return { id, sha256, sizeBytes };
}

/** Whether all of these files, and no others, are complete in the cache; throws when one is there and not what its name says. */
async function areWhole(kioskDir: string, files: readonly CachedFile[]): Promise<true | undefined> {
  const names = await readdir(join(kioskDir, "files")).catch((): string[] => []);
  if (!files.every(({ sha256 }) => names.includes(sha256))) return undefined;
  for (const { sha256 } of files) {
    const bytes = await readFile(join(kioskDir, "files", sha256));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  }
  return true;
}
