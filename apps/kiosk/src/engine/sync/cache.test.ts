import { open } from "node:fs/promises";
import { join } from "node:path";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import { expect, test } from "vitest";
import { createNoneShell } from "../../fleet/none-shell.ts";
import { actsOf } from "../../shared/messages.ts";
import type { MediaSource, Shell } from "../../shared/shell.ts";
import { systemClock } from "../platform/clock.ts";
import { type DeviceServer, startDeviceServer } from "../testing/device-server.ts";
import { fileAsset, makeFile, makeManifest, type TestFile } from "../testing/test-content.ts";
import { makeFolder, startTestKiosk, type TestKiosk } from "../testing/test-kiosk.ts";
import { until } from "../testing/until.ts";

async function flipByte(folder: string, { file }: TestFile, position: number): Promise<void> {
  await using handle = await open(join(folder, "files", file.sha256), "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, position);
  byte[0] = (byte[0] ?? 0) ^ 4;
  await handle.write(byte, 0, 1, position);
}

/** A shell that lets a test ask for media as the stage would. */
function openMedia(): { shell: Shell; media(): MediaSource } {
  let source: MediaSource | undefined;
  const inner = createNoneShell(systemClock);
  const shell: Shell = {
    ...inner,
    open(options, events, signal) {
      source = options.media;
      return inner.open(options, events, signal);
    },
  };
  return {
    shell,
    media() {
      if (!source) throw new Error("The shell was not opened");
      return source;
    },
  };
}

const downloaded = (kiosk: TestKiosk) =>
  kiosk.logLines.filter((line) => line.includes('"download_done"')).length;

async function pairAndPlay(kiosk: TestKiosk, server: DeviceServer): Promise<void> {
  await until("a code", () => kiosk.life().state === "pairing");
  server.claim();
  await until("playing", () => kiosk.life().state === "playing");
}

const shownIds = (kiosk: TestKiosk) =>
  kiosk.told.flatMap((message) => (message.kind === "shown" ? [message.slotId] : []));
const shaTag = (kiosk: TestKiosk, { file }: TestFile) =>
  new Set(
    kiosk.sent.flatMap((message) =>
      message.kind === "plan"
        ? actsOf(message)
            .flatMap(({ zones }) => zones)
            .flatMap(({ slots }) =>
              slots
                .filter(({ item }) => "src" in item && item.src.endsWith(file.sha256))
                .map(({ slotId }) => slotId),
            )
        : [],
    ),
  );

test("C1, C2: a byte flipped on disk while the kiosk was off is found before it is shown, and mended by one MiB", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const damaged = makeFile(5 * CHUNK_BYTES + 77);
  const sound = makeFile(1000);
  server.publish(makeManifest({ assets: [fileAsset(damaged, 500), fileAsset(sound, 500)] }), [
    damaged,
    sound,
  ]);
  {
    await using kiosk = await startTestKiosk(server.url, folder.path);
    await pairAndPlay(kiosk, server);
    await until("both there", () => downloaded(kiosk) === 2);
  }
  await flipByte(folder.path, damaged, 3 * CHUNK_BYTES + 5);
  server.files.delete(damaged.file.sha256);
  server.servedBytes = 0;

  const glass = openMedia();
  await using kiosk = await startTestKiosk(server.url, folder.path, { shell: glass.shell });
  await until("something shown in its place", () => shownIds(kiosk).length >= 3);
  expect(await glass.media().findMedia(damaged.file.sha256)).toBeUndefined();
  const ofDamaged = shaTag(kiosk, damaged);
  expect(shownIds(kiosk).filter((slotId) => ofDamaged.has(slotId))).toEqual([]);
  await until("the fault told", () =>
    server.heartbeats.some(({ faults }) => faults.some(({ kind }) => kind === "file_damaged")),
  );

  server.files.set(damaged.file.sha256, damaged);
  await kiosk[Symbol.asyncDispose]();
  await using again = await startTestKiosk(server.url, folder.path);
  await until(
    "mended and shown",
    () => shownIds(again).some((slotId) => shaTag(again, damaged).has(slotId)),
    20_000,
  );
  expect(server.servedBytes).toBe(CHUNK_BYTES);
}, 60_000);

test("C1: a byte flipped on disk while it plays is found before the next showing, even with its time put back", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(2 * CHUNK_BYTES);
  server.publish(makeManifest({ assets: [fileAsset(file, 500)] }), [file]);
  const glass = openMedia();
  await using kiosk = await startTestKiosk(server.url, folder.path, { shell: glass.shell });
  await pairAndPlay(kiosk, server);
  await until("shown", () => shownIds(kiosk).length >= 1);
  const path = join(folder.path, "files", file.file.sha256);
  {
    await using handle = await open(path, "r+");
    const { atime, mtime } = await handle.stat();
    await flipByte(folder.path, file, 17);
    await handle.utimes(atime, mtime);
  }
  await until("found", () => kiosk.logLines.some((line) => line.includes('"file_damaged"')));
  await until("mended", async () => (await glass.media().findMedia(file.file.sha256)) !== undefined);
  expect(server.servedBytes).toBe(3 * CHUNK_BYTES);
}, 30_000);

test("a file lost from the cache is fetched again while the rest plays", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const lost = makeFile(100_000);
  const kept = makeFile(1000);
  server.publish(makeManifest({ assets: [fileAsset(lost, 500), fileAsset(kept, 500)] }), [lost, kept]);
  const glass = openMedia();
  await using kiosk = await startTestKiosk(server.url, folder.path, { shell: glass.shell });
  await pairAndPlay(kiosk, server);
  await until("both there", () => downloaded(kiosk) === 2);
  const { rm } = await import("node:fs/promises");
  await rm(join(folder.path, "files", lost.file.sha256));
  await until("fetched again", async () => (await glass.media().findMedia(lost.file.sha256)) !== undefined);
  expect(kiosk.life().state).toBe("playing");
});
