import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import { startFaultProxy } from "@vitrine/harness/fault-proxy";
import { expect, test } from "vitest";
import { type DeviceServer, startDeviceServer } from "../testing/device-server.ts";
import { fileAsset, makeFile, makeManifest, type TestFile } from "../testing/test-content.ts";
import { makeFolder, startTestKiosk, type TestKiosk } from "../testing/test-kiosk.ts";
import { until } from "../testing/until.ts";

const LONG_MS = 3_600_000;

async function pair(kiosk: TestKiosk, server: DeviceServer): Promise<void> {
  await until("a code", () => kiosk.life().state === "pairing");
  server.claim();
  await until("paired", () => ["syncing", "playing"].includes(kiosk.life().state));
}

async function untilStored(folder: string, { file, bytes }: TestFile, limitMs?: number): Promise<void> {
  const path = join(folder, "files", file.sha256);
  await until(
    "the file in the cache",
    () =>
      readFile(path).then(
        (stored) => stored.equals(bytes),
        () => false,
      ),
    limitMs,
  );
}

test("files arrive whole through a proxy that cuts at random bytes, with at most 1.05 times the bytes", async () => {
  await using server = await startDeviceServer();
  await using proxy = await startFaultProxy(server.port);
  await using folder = await makeFolder();
  const files = [makeFile(24 * CHUNK_BYTES + 12_345), makeFile(3 * CHUNK_BYTES)];
  await using kiosk = await startTestKiosk(proxy.url, folder.path);
  await pair(kiosk, server);
  proxy.cutAfter = () => 40_000 + Math.floor(Math.random() * 4_000_000);
  server.publish(makeManifest({ assets: files.map((file) => fileAsset(file, LONG_MS)) }), files, {
    hint: false,
  });
  proxy.isDown = true;
  proxy.isDown = false;
  for (const file of files) await untilStored(folder.path, file, 60_000);

  const sizeBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(proxy.cuts).toBeGreaterThan(4);
  expect(proxy.movedBytes / sizeBytes).toBeLessThan(1.05);
}, 90_000);

test("C10: a flipped bit costs one MiB: it is kept out, reported, and fetched again alone", async () => {
  await using server = await startDeviceServer();
  await using proxy = await startFaultProxy(server.port);
  await using folder = await makeFolder();
  const file = makeFile(30 * CHUNK_BYTES);
  await using kiosk = await startTestKiosk(proxy.url, folder.path);
  await pair(kiosk, server);
  proxy.flipAt = 7.5 * CHUNK_BYTES;
  server.publish(makeManifest({ assets: [fileAsset(file, LONG_MS)] }), [file]);
  await untilStored(folder.path, file, 30_000);

  expect(proxy.flips).toBe(1);
  expect(kiosk.logLines.filter((line) => line.includes('"chunk_wrong"'))).toHaveLength(1);
  expect(server.servedBytes).toBeLessThanOrEqual(31 * CHUNK_BYTES);
  expect(proxy.movedBytes / file.bytes.length).toBeLessThan(1.05);
}, 60_000);

test("a chunk list that is not the manifest's is refused, and nothing of the file is taken", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(2 * CHUNK_BYTES);
  const honest = { ...file, chunks: Buffer.from(file.chunks) };
  file.chunks[3] = (file.chunks[3] ?? 0) ^ 1;
  server.publish(makeManifest({ assets: [fileAsset(file, LONG_MS)] }), [file]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pair(kiosk, server);
  await until("a refusal", () => kiosk.logLines.some((line) => line.includes("chunk_list_not_fetched")));
  expect(server.servedBytes).toBe(0);
  server.files.set(file.file.sha256, honest);
  await untilStored(folder.path, honest);
});

test("wrong content under a right length never enters the cache", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(CHUNK_BYTES + 5);
  const forged = { ...file, bytes: makeFile(CHUNK_BYTES + 5).bytes };
  server.publish(makeManifest({ assets: [fileAsset(file, LONG_MS)] }), [forged]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pair(kiosk, server);
  await until(
    "two refusals",
    () => kiosk.logLines.filter((line) => line.includes('"chunk_wrong"')).length >= 2,
  );
  expect(kiosk.life().state).toBe("syncing");
  server.files.set(file.file.sha256, file);
  await untilStored(folder.path, file, 30_000);
  await until("playing", () => kiosk.life().state === "playing");
}, 60_000);
