import { join } from "node:path";
import {
  captureGlass,
  isNear,
  meanColour,
  readQrCode,
  startDisplay,
  waitForColour,
} from "@vitrine/harness/glass";
import { BLUE, GREEN, makeJpeg, RED } from "@vitrine/harness/media";
import { signUp, untilReady, upload } from "@vitrine/harness/person";
import { readPlays } from "@vitrine/harness/plays";
import { eventually, temporaryFolder } from "@vitrine/harness/processes";
import { startKiosk, startVitrine } from "@vitrine/harness/vitrine";
import { expect, test } from "vitest";

const ITEM_MS = 1_500;

test("a screen plays on when the server dies, and from its cache when it is itself restarted without one", async () => {
  using folder = temporaryFolder();
  await using display = await startDisplay();
  const dataDir = join(folder.path, "server");
  const kioskDir = join(folder.path, "kiosk");
  const first = await startVitrine(dataDir);
  const person = await signUp(first.url, "Survivor", "Survivors");
  const assetIds = [
    await upload(first.url, person, await makeJpeg(folder.path, "red.jpg", RED)),
    await upload(first.url, person, await makeJpeg(folder.path, "green.jpg", GREEN)),
    await upload(first.url, person, await makeJpeg(folder.path, "blue.jpg", BLUE)),
  ];
  for (const id of assetIds) await untilReady(person, id);
  const playlist = await person.api.playlists.create.mutate({ name: "Loop", assetIds });
  for (const item of playlist.items) {
    await person.api.playlists.updateItem.mutate({
      playlistId: playlist.id,
      itemId: item.id,
      durationMs: ITEM_MS,
    });
  }

  const kiosk = startKiosk({ server: first.url, dataDir: kioskDir, display: display.name });
  const code = new URL(await readQrCode(display)).searchParams.get("code") ?? "";
  const device = await person.api.devices.claim.mutate({ code, name: "Window", playlistId: playlist.id });
  for (const colour of [RED, GREEN, BLUE]) await waitForColour(display, colour, 60_000);

  await first.process.end("SIGKILL");
  for (const colour of [RED, GREEN, BLUE, RED, GREEN, BLUE]) await waitForColour(display, colour, 10_000);

  await kiosk.end("SIGKILL");
  const restartedMs = Date.now();
  await using again = startKiosk({ server: first.url, dataDir: kioskDir, display: display.name });
  await eventually(
    "the cache is on the glass",
    () => {
      const shown = meanColour(captureGlass(display));
      return [RED, GREEN, BLUE].some((colour) => isNear(shown, colour)) ? true : undefined;
    },
    5_000,
    50,
  );
  expect(Date.now() - restartedMs).toBeLessThan(5_000);
  for (const colour of [RED, GREEN, BLUE, RED]) await waitForColour(display, colour, 10_000);

  await using server = await startVitrine(dataDir, first.port);
  const shownSince = Date.now();
  const plays = await eventually(
    "the plays of both lives have arrived",
    async () => {
      const rows = await readPlays(dataDir, device.id);
      const boots = new Set(rows.map((row) => row.bootId));
      const latestMs = Math.max(0, ...rows.map((row) => row.startedAt.getTime()));
      return boots.size >= 2 && latestMs > shownSince ? rows : undefined;
    },
    60_000,
    500,
  );
  await again.end("SIGTERM");

  for (const bootId of new Set(plays.map((row) => row.bootId))) {
    const sequences = plays.filter((row) => row.bootId === bootId).map((row) => row.sequence);
    const sorted = sequences.toSorted((one, other) => one - other);
    expect(sorted, "no play of a life is lost or doubled").toEqual(Array.from(sorted, (_, index) => index));
  }
  const rolledUp = await readPlays(dataDir, device.id, "hourly");
  const total = rolledUp.reduce((sum, row) => sum + row.playCount, 0);
  const stored = (await readPlays(dataDir, device.id)).length;
  expect(total, "the hourly sums count each play once").toBe(stored);
  expect(server.url).toBe(first.url);
});
