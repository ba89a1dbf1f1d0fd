import { expect, test } from "vitest";
import { startDeviceServer } from "./testing/device-server.ts";
import { fileAsset, makeFile, makeManifest, webAsset } from "./testing/test-content.ts";
import { makeFolder, startTestKiosk } from "./testing/test-kiosk.ts";
import { until } from "./testing/until.ts";

test("a new screen pairs, syncs, plays, reports its plays and tells what is on the glass", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const one = makeFile(3_000_000);
  const two = makeFile(10_000);
  const assets = [fileAsset(one, 600), fileAsset(two, 600), webAsset("https://example.com/", 600)];
  server.publish(makeManifest({ assets }), [one, two]);
  await using kiosk = await startTestKiosk(server.url, folder.path);

  await until("a code on the glass", () => kiosk.userCode() === "BCDFGHJK");
  expect(kiosk.life().state).toBe("pairing");
  expect(server.claim()).toBe(true);
  await until("playing", () => kiosk.life().state === "playing");
  await until("each item shown", () => kiosk.told.filter(({ kind }) => kind === "shown").length >= 4);
  await until("what is on the glass told", () => server.heartbeats.some(({ onGlass }) => onGlass !== null));
  await kiosk[Symbol.asyncDispose]();

  const last = server.heartbeats.at(-1);
  expect(last?.isStopping).toBe(true);
  expect(last?.state).toBe("playing");
  expect(last?.sync).toMatchObject({ filesReady: 2, filesTotal: 2, bytesReady: 3_010_000 });
  const plays = [...server.plays.values()];
  expect(new Set(plays.map(({ assetId }) => assetId))).toEqual(new Set(assets.map(({ id }) => id)));
  const whole = plays.filter(({ isWhole }) => isWhole);
  expect(whole.length).toBeGreaterThanOrEqual(2);
  for (const { durationMs } of whole) expect(Math.abs(durationMs - 600)).toBeLessThan(200);
  expect(plays.at(-1)?.isWhole).toBe(false);
});
