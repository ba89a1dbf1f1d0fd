import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CHUNK_BYTES } from "@vitrine/core/model/ids";
import { startFaultProxy } from "@vitrine/harness/fault-proxy";
import { expect, test } from "vitest";
import { type DeviceServer, startDeviceServer } from "./testing/device-server.ts";
import { type KioskProcess, startKioskProcess } from "./testing/kiosk-process.ts";
import { fileAsset, makeFile, makeManifest } from "./testing/test-content.ts";
import { makeFolder } from "./testing/test-kiosk.ts";
import { until } from "./testing/until.ts";

async function pair(kiosk: KioskProcess, server: DeviceServer): Promise<void> {
  await until("a code", () => kiosk.output().includes("BCDF-GHJK-LMNP"));
  server.claim();
}

test("C10: killed in mid-download and started again, it goes on from where it was", async () => {
  await using server = await startDeviceServer();
  await using proxy = await startFaultProxy(server.port);
  await using folder = await makeFolder();
  const file = makeFile(40 * CHUNK_BYTES);
  server.publish(makeManifest({ assets: [fileAsset(file, 3_600_000)] }), [file]);
  proxy.cutAfter = () => 25 * CHUNK_BYTES;
  const partial = join(folder.path, "partial", file.file.sha256);
  {
    await using kiosk = startKioskProcess(proxy.url, folder.path);
    await pair(kiosk, server);
    await until(
      "half of it there",
      async () => ((await stat(partial).catch(() => undefined))?.size ?? 0) > 9e6,
    );
    await kiosk.kill("SIGKILL");
  }
  const heldBytes = (await stat(partial)).size;
  expect(heldBytes).toBeLessThan(file.bytes.length);
  server.servedBytes = 0;
  proxy.cutAfter = undefined;
  await using kiosk = startKioskProcess(server.url, folder.path);
  await until("playing", () => kiosk.output().includes("Playing for"), 20_000);
  const stored = await readFile(join(folder.path, "files", file.file.sha256));
  expect(stored.equals(file.bytes)).toBe(true);
  expect(server.servedBytes).toBeLessThanOrEqual(file.bytes.length - heldBytes + CHUNK_BYTES);
}, 60_000);

test("killed in mid-play with the server gone, it plays from its cache within 5 s, and every play is counted once", async () => {
  const first = await startDeviceServer();
  await using folder = await makeFolder();
  const files = [makeFile(50_000), makeFile(CHUNK_BYTES + 1)];
  const assets = files.map((file) => fileAsset(file, 500));
  first.publish(makeManifest({ assets }), files);
  const shownIn = (kiosk: KioskProcess) => kiosk.output().includes("Playing for");
  const spooled = async () => {
    const names = await readdir(join(folder.path, "plays")).catch(() => []);
    const texts = await Promise.all(names.map((name) => readFile(join(folder.path, "plays", name), "utf8")));
    return texts.join("").match(/"k":"done"/g)?.length ?? 0;
  };

  const one = startKioskProcess(first.url, folder.path);
  await pair(one, first);
  await until("playing", () => shownIn(one), 20_000);
  await until("plays on disk", async () => (await spooled()) >= 3);
  await first[Symbol.asyncDispose]();
  await until("plays made without a server", async () => (await spooled()) >= 6);
  await one.kill("SIGKILL");

  const restartedAtMs = performance.now();
  const two = startKioskProcess(first.url, folder.path);
  await until("playing from the cache", () => shownIn(two), 5000);
  expect(performance.now() - restartedAtMs).toBeLessThan(5000);
  await until("more plays", async () => (await spooled()) >= 9);

  await using second = await startDeviceServer({ port: first.port, keep: first });
  await until(
    "plays of both boots told",
    () => new Set([...second.plays.values()].map((play) => play.bootId)).size === 2,
    60_000,
  );
  await two.kill("SIGTERM");
  const byBoot = Map.groupBy(second.plays.values(), (play) => play.bootId);
  expect(byBoot.size).toBe(2);
  for (const plays of byBoot.values()) {
    const sequences = plays.map((play) => play.sequence).toSorted((a, b) => a - b);
    expect(sequences).toEqual(sequences.map((_, index) => index));
    expect(plays.length).toBeGreaterThanOrEqual(3);
  }
  await one[Symbol.asyncDispose]();
}, 120_000);

test("B4: a second kiosk on the same folder says so in a sentence and ends", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  await using one = startKioskProcess(server.url, folder.path);
  await until("the first stands", () => one.output().includes("Pairing"));
  await using two = startKioskProcess(server.url, folder.path);
  expect(await two.ended).toBe(2);
  expect(two.logLines().join("\n")).toMatch(/^Another kiosk is running on .*--data DIR\.$/);
}, 30_000);
