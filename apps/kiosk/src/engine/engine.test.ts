import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actsOf } from "../shared/messages.ts";
import type { Clock } from "./platform/clock.ts";
import { systemClock } from "./platform/clock.ts";
import { type DeviceServer, startDeviceServer } from "./testing/device-server.ts";
import { fileAsset, makeFile, makeManifest, webAsset } from "./testing/test-content.ts";
import { makeFolder, startTestKiosk, type TestKiosk } from "./testing/test-kiosk.ts";
import { until } from "./testing/until.ts";

async function pairAndPlay(kiosk: TestKiosk, server: DeviceServer): Promise<void> {
  await until("a code", () => kiosk.life().state === "pairing");
  server.claim();
  await until("playing", () => kiosk.life().state === "playing");
}

const shown = (kiosk: TestKiosk) => kiosk.told.filter(({ kind }) => kind === "shown");
const scenes = (kiosk: TestKiosk) => kiosk.sent.map(({ kind }) => kind);
const vetoes = (kiosk: TestKiosk) =>
  kiosk.sent.flatMap((message) => (message.kind === "veto" ? [message.offer] : []));

test("a new screen pairs, syncs, plays, reports its plays and tells what is on the glass", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const one = makeFile(3_000_000);
  const two = makeFile(10_000);
  const assets = [fileAsset(one, 600), fileAsset(two, 600), webAsset("https://example.com/", 600)];
  server.publish(makeManifest({ assets }), [one, two]);
  await using kiosk = await startTestKiosk(server.url, folder.path);

  await until("a code on the glass", () => kiosk.userCode() === "BCDFGHJKLMNP");
  expect(kiosk.life().state).toBe("pairing");
  expect(server.claim()).toBe(true);
  await until("playing", () => kiosk.life().state === "playing");
  await until(
    "both files",
    () => kiosk.logLines.filter((line) => line.includes("download_done")).length === 2,
  );
  const former = shown(kiosk).length;
  await until("each item shown", () => shown(kiosk).length >= former + 4);
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
  for (const { durationMs } of whole) expect(durationMs).toBeGreaterThanOrEqual(350);
  for (const [index, play] of plays.entries()) {
    const next = plays[index + 1];
    if (next)
      expect(
        Math.abs(Date.parse(play.startedAt) + play.durationMs - Date.parse(next.startedAt)),
      ).toBeLessThan(20);
  }
  expect(plays.at(-1)?.isWhole).toBe(false);
});

test("a hint makes a new manifest active at once when what is on the glass was changed", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(1000);
  const asset = fileAsset(file, 3_600_000);
  const edited = (durationMs: number, revision: number) =>
    makeManifest({ assets: [{ ...asset, durationMs }], revision });
  server.publish(edited(3_600_000, 1), [file]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  await until("shown", () => shown(kiosk).length === 1);
  const isActive = (revision: number) =>
    kiosk.logLines.some(
      (line) => line.includes("manifest_active") && line.includes(`"revision":${revision}}`),
    );
  const tookMs: number[] = [];
  for (let revision = 2; revision < 22; revision += 1) {
    const publishedAtMs = performance.now();
    const plans = kiosk.sent.length;
    server.publish(edited(3_600_000 - revision * 1000, revision));
    await until("active and planned", () => isActive(revision) && kiosk.sent.length > plans, 2000);
    tookMs.push(performance.now() - publishedAtMs);
  }
  expect(tookMs.toSorted((a, b) => a - b)[10]).toBeLessThan(500);
});

test("M7: an edit elsewhere in the playlist waits for the end of the item on the glass; a withdrawn item goes at once", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const files = [makeFile(1000), makeFile(1001), makeFile(1002)];
  const [one, two, three] = files.map((file) => fileAsset(file, 3_600_000));
  if (!one || !two || !three) throw new Error("Three assets were made");
  const playlist = {
    playlistId: "0199a000-0000-7000-8000-000000000001",
    itemIds: ["0199a000-0000-7000-8000-000000000002"],
  };
  server.publish(makeManifest({ assets: [one], ...playlist }), files);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  await until("shown", () => shown(kiosk).length === 1);
  const plansAt = () =>
    kiosk.sent.flatMap((message) =>
      message.kind === "plan" ? [actsOf(message)[0]?.zones[0]?.slots ?? []] : [],
    );
  const showing = (slots: readonly { item: { kind: string } }[] | undefined) =>
    JSON.stringify(slots?.[0]?.item ?? {});

  const before = plansAt().length;
  server.publish(makeManifest({ assets: [one, two], revision: 2, ...playlist }));
  await until("planned anew", () => plansAt().length > before);
  expect(showing(plansAt().at(-1))).toContain(one.file?.sha256);
  expect(plansAt().at(-1)?.[0]?.slotId).toBe(plansAt()[before - 1]?.[0]?.slotId);

  server.publish(makeManifest({ assets: [three], revision: 3 }));
  await until("the withdrawn item gone", () => showing(plansAt().at(-1)).includes(three.file?.sha256 ?? "-"));
  await until("the new one shown", () => shown(kiosk).length >= 2);
});

test("a playlist emptied shows the idle scene, and content that comes back plays", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(1000);
  const asset = fileAsset(file, 1000);
  server.publish(makeManifest({ assets: [asset] }), [file]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  server.publish(makeManifest({ assets: [], revision: 2 }));
  await until("idle", () => scenes(kiosk).at(-1) === "idle");
  expect(kiosk.life().state).toBe("playing");
  await until("idle told", () =>
    server.heartbeats.some(({ state, onGlass }) => state === "playing" && onGlass === null),
  );
  const former = shown(kiosk).length;
  server.publish(makeManifest({ assets: [asset], revision: 3 }));
  await until("playing again", () => shown(kiosk).length > former);
});

test("M1: a manifest that is older, forged or of another screen is refused, told, and changes nothing", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const manifest = makeManifest({ assets: [webAsset("https://example.com/")], revision: 7 });
  server.publish(manifest);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  const bound = { ...manifest, deviceId: server.deviceId, organizationId: server.organizationId };
  const body = (changes: object) =>
    Buffer.from(JSON.stringify({ ...bound, deviceName: "Other", ...changes }));
  const attempts = [
    { text: "older", publish: () => server.publishRaw(body({ revision: 6 })) },
    { text: "signature is wrong", publish: () => server.publishRaw(body({}), { signature: "A".repeat(86) }) },
    { text: "another screen", publish: () => server.publishRaw(body({ deviceId: server.organizationId })) },
    { text: "of version 3", publish: () => server.publishRaw(body({ version: 3 })) },
    { text: "form is not understood", publish: () => server.publishRaw(body({ revision: "8" })) },
  ];
  for (const { text, publish } of attempts) {
    publish();
    server.hint({ kind: "manifest", revision: 8 });
    await until(text, () =>
      kiosk.logLines.some((line) => line.includes("manifest_refused") && line.includes(text)),
    );
  }
  await until("told", () =>
    server.heartbeats.some(({ faults }) => faults.some(({ kind }) => kind === "manifest_refused")),
  );
  expect(kiosk.logLines.filter((line) => line.includes('"manifest_active"'))).toHaveLength(1);
});

test("L6: a revoked screen stops, wipes content and credential, and pairs again with a new key", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(200_000);
  server.publish(makeManifest({ assets: [fileAsset(file, 500)] }), [file]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  await until("plays", () => shown(kiosk).length >= 2);
  const identity = await readFile(join(folder.path, "identity.json"), "utf8");
  server.isRevoked = true;
  server.hint({ kind: "revoked" });
  await until("pairing again", () => kiosk.life().state === "pairing");
  expect(await readFile(join(folder.path, "identity.json"), "utf8")).not.toBe(identity);
  expect(await readdir(join(folder.path, "files"))).toEqual([]);
  expect(await readdir(folder.path)).not.toContain("credential.json");
  expect(await readdir(folder.path)).not.toContain("manifests");
  expect(await readdir(folder.path)).not.toContain("plays");
  expect(scenes(kiosk).at(-1)).toBe("pairing");

  server.claim();
  await until("playing for the next owner", () => kiosk.life().state === "playing");
});

test("L7: a hint alone does not wipe: the server is asked whether it is true", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  server.publish(makeManifest({ assets: [webAsset("https://example.com/")] }));
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  const asked = () => server.requests.filter((line) => line.includes("session.open")).length;
  const before = asked();
  server.hint({ kind: "revoked" });
  await until("asked", () => asked() > before);
  expect(kiosk.life().state).toBe("playing");
});

test("what plays is under the organization's name for the veto's time, and a refusal ends the claim", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  server.vetoMs = 30_000;
  server.publish(makeManifest({ assets: [webAsset("https://example.com/")] }));
  let refuse: (() => void) | undefined;
  const { createNoneShell } = await import("../fleet/none-shell.ts");
  const inner = createNoneShell(systemClock);
  const shell: typeof inner = {
    ...inner,
    open(options, events, signal) {
      refuse = () => events.onMessage({ kind: "refused" });
      return inner.open(options, events, signal);
    },
  };
  await using kiosk = await startTestKiosk(server.url, folder.path, { shell });
  await until("a code", () => kiosk.life().state === "pairing");
  server.claim();
  await until("content under the offer", () => vetoes(kiosk).length === 1);
  expect(scenes(kiosk)).toContain("plan");
  expect(vetoes(kiosk)).toEqual([{ organizationName: "Café Central", untilMs: expect.any(Number) }]);
  refuse?.();
  await until("pairing again", () => kiosk.life().state === "pairing");
  await until("the server heard", () => server.refusals.length === 1);
  expect(vetoes(kiosk).at(-1)).toBeNull();
});

test("the offer to refuse ends by itself, and what plays goes on", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  server.vetoMs = 1500;
  server.publish(makeManifest({ assets: [webAsset("https://example.com/")] }));
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await until("a code", () => kiosk.life().state === "pairing");
  server.claim();
  await until("the offer", () => vetoes(kiosk).length === 1);
  await until("its end", () => vetoes(kiosk).at(-1) === null);
  expect(kiosk.life()).toMatchObject({ state: "playing", isVetoOpen: false });
});

test("I5: jumps of the machine's clock neither stop playback nor invent or lose plays", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  let jumpMs = 0;
  const clock: Clock = { ...systemClock, wallMs: () => systemClock.wallMs() + jumpMs };
  const files = [makeFile(1000), makeFile(1001)];
  server.publish(makeManifest({ assets: files.map((file) => fileAsset(file, 500)) }), files);
  await using kiosk = await startTestKiosk(server.url, folder.path, { clock });
  await pairAndPlay(kiosk, server);
  for (const next of [86_400_000, -86_400_000, 5000, 0]) {
    const former = shown(kiosk).length;
    jumpMs = next;
    await until("three more showings", () => shown(kiosk).length >= former + 3, 5000);
  }
  const startedBeforeMs = Date.now();
  await kiosk[Symbol.asyncDispose]();
  const plays = [...server.plays.values()].toSorted((a, b) => a.sequence - b.sequence);
  expect(plays.map(({ sequence }) => sequence)).toEqual(plays.map((_, index) => index));
  for (const [index, play] of plays.entries()) {
    const startMs = Date.parse(play.startedAt);
    expect(startMs).toBeLessThanOrEqual(startedBeforeMs + 50);
    expect(startMs).toBeGreaterThan(startedBeforeMs - 60_000);
    const next = plays[index + 1];
    if (next) expect(Math.abs(startMs + play.durationMs - Date.parse(next.startedAt))).toBeLessThan(60);
  }
}, 30_000);

test("I4: a receipt lost on the way makes the plays be told twice and counted once", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  server.publish(makeManifest({ assets: [webAsset("https://example.com/", 500)] }));
  server.losesReceipts = true;
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  await until(
    "told at least twice",
    () => server.requests.filter((line) => line.includes("plays.report")).length >= 2,
    20_000,
  );
  server.losesReceipts = false;
  const counted = server.plays.size;
  await until("all told", () => server.plays.size > counted, 20_000);
  await kiosk[Symbol.asyncDispose]();
  const sequences = [...server.plays.values()].map(({ sequence }) => sequence).toSorted((a, b) => a - b);
  expect(sequences).toEqual(sequences.map((_, index) => index));
}, 60_000);

test("commands are carried out once by their id and acknowledged; what a screen cannot do it says", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  server.publish(makeManifest({ assets: [webAsset("https://example.com/")] }));
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  const identify = server.order("identify");
  const screenshot = server.order("screenshot");
  const told = (id: string) => server.acknowledged.filter((one) => one.id === id);
  await until("both acknowledged", () => told(identify.id).length >= 1 && told(screenshot.id).length >= 1);
  const before = told(identify.id).length;
  server.commands = [identify];
  server.hint({ kind: "commands" });
  await until("acknowledged again", () => told(identify.id).length > before);
  expect(scenes(kiosk).filter((kind) => kind === "identify")).toHaveLength(1);
  expect(server.acknowledged[0]).toEqual({ id: identify.id, isDone: true, failure: null });
  expect(server.acknowledged[1]).toMatchObject({
    isDone: false,
    failure: expect.stringContaining("no glass"),
  });
});
