import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openDiskFileStore } from "./platform/disk-file-store.ts";
import type { FileStore } from "./platform/file-store.ts";
import { type DeviceServer, startDeviceServer } from "./testing/device-server.ts";
import { fileAsset, makeFile, makeManifest, webAsset } from "./testing/test-content.ts";
import { makeFolder, startTestKiosk, type TestKiosk } from "./testing/test-kiosk.ts";
import { until } from "./testing/until.ts";

async function pairAndPlay(kiosk: TestKiosk, server: DeviceServer): Promise<void> {
  await until("a code", () => kiosk.life().state === "pairing");
  server.claim();
  await until("playing", () => kiosk.life().state === "playing");
}

const shown = (kiosk: TestKiosk) => kiosk.told.filter(({ kind }) => kind === "shown").length;
const faultsOf = (server: DeviceServer) => server.heartbeats.at(-1)?.faults.map(({ kind }) => kind) ?? [];

/** A disk that can be made to refuse every write. */
async function stubbornDisk(path: string) {
  const inner = await openDiskFileStore(path);
  const state = { code: undefined as string | undefined };
  const refuse = () => {
    if (state.code !== undefined)
      throw Object.assign(new Error(`${state.code}: refused`), { code: state.code });
  };
  const files: FileStore = {
    ...inner,
    async open(name, access) {
      if (access === "write") refuse();
      const file = await inner.open(name, access);
      return {
        ...file,
        read: (into, position) => file.read(into, position),
        async write(bytes, position) {
          refuse();
          await file.write(bytes, position);
        },
        [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
      };
    },
    async rename(from, to) {
      refuse();
      await inner.rename(from, to);
    },
  };
  return { files, state };
}

test("L6: whichever way it asks, a revoked screen stops, forgets all and pairs again", async () => {
  const ways: Record<string, (server: DeviceServer) => void> = {
    "by its beat": (server) => server.hint({ kind: "commands" }),
    "by its poll": (server) => server.hint({ kind: "manifest", revision: 9 }),
    "by the stream": (server) => server.hint({ kind: "revoked" }),
    "by a stream that begins anew": (server) => server.hint({ kind: "hello", reconnectMs: 50 }),
  };
  for (const [way, nudge] of Object.entries(ways)) {
    await using server = await startDeviceServer();
    server.publish(makeManifest({ assets: [webAsset("https://example.com/")] }));
    await using folder = await makeFolder();
    await using kiosk = await startTestKiosk(server.url, folder.path);
    await pairAndPlay(kiosk, server);
    server.isRevoked = true;
    nudge(server);
    await until(`pairing again, ${way}`, () => kiosk.life().state === "pairing");
    const names = ["credential.json", "ticket.json", "manifests", "plays", "commands.json"];
    for (const name of names)
      expect(await stat(join(folder.path, name)).catch(() => "gone"), name).toBe("gone");
  }
}, 60_000);

test("A1: the ticket of a session is on disk, for this user alone, before its token is used, and tells the screen from a copy", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  server.publish(makeManifest({ assets: [webAsset("https://example.com/")] }));
  {
    await using kiosk = await startTestKiosk(server.url, folder.path);
    await pairAndPlay(kiosk, server);
  }
  const path = join(folder.path, "ticket.json");
  const copied = await readFile(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  for (let restart = 0; restart < 2; restart += 1) {
    const beats = server.heartbeats.length;
    await using _kiosk = await startTestKiosk(server.url, folder.path);
    await until("heard", () => server.heartbeats.length > beats);
  }
  expect(server.copies).toBe(0);
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, copied);
  const beats = server.heartbeats.length;
  await using _copy = await startTestKiosk(server.url, folder.path);
  await until("heard", () => server.heartbeats.length > beats);
  expect(server.copies).toBe(1);
}, 30_000);

test("C7, O8: clearing the cache keeps what plays and mends it, and the log that is sent is the newest of it", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const [old, kept] = [makeFile(5000), makeFile(6000)];
  server.publish(makeManifest({ assets: [fileAsset(old, 500)] }), [old]);
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  server.publish(makeManifest({ assets: [fileAsset(kept, 500)], revision: 2 }), [kept]);
  const downloads = () => kiosk.logLines.filter((line) => line.includes('"download_done"')).length;
  await until("the second there", () => downloads() === 2);
  await until("it plays", async () => (await kiosk.engine.status()).manifest.activeRevision === 2);
  await until("the first good one replaced", async () =>
    Boolean(await stat(join(folder.path, "manifests", "current")).catch(() => undefined)),
  );
  const clear = server.order("clear_cache");
  const logs = server.order("send_logs");
  await until("both told", () => server.acknowledged.length >= 2);
  expect(server.acknowledged).toEqual([
    { id: clear.id, isDone: true, failure: null },
    { id: logs.id, isDone: true, failure: null },
  ]);
  const inFiles = async (one: typeof old) =>
    stat(join(folder.path, "files", one.file.sha256)).catch(() => "gone");
  expect(await inFiles(old)).toBe("gone");
  expect(await inFiles(kept)).not.toBe("gone");
  const sent = gunzipSync(server.logs.get(logs.id) ?? Buffer.alloc(0)).toString("utf8");
  expect(sent).toContain('"manifest_active"');
  const before = shown(kiosk);
  await until("plays on", () => shown(kiosk) > before);
}, 30_000);

test("C4: a full disk stops nothing that plays, is told, and is used within 10 s of having room again", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const { files, state } = await stubbornDisk(folder.path);
  const [one, two] = [makeFile(5000), makeFile(6000)];
  server.publish(makeManifest({ assets: [fileAsset(one, 500)] }), [one]);
  await using kiosk = await startTestKiosk(server.url, folder.path, { files });
  await pairAndPlay(kiosk, server);
  state.code = "ENOSPC";
  server.publish(makeManifest({ assets: [fileAsset(one, 500), fileAsset(two, 500)], revision: 2 }), [two]);
  await until("told", () => faultsOf(server).includes("disk_full"), 20_000);
  const missing = server.heartbeats.at(-1)?.sync?.missing;
  expect(missing).toMatchObject([
    { sha256: two.file.sha256, state: "set_aside", problem: expect.stringMatching(/ENOSPC/) },
  ]);
  const before = shown(kiosk);
  await until("plays on", () => shown(kiosk) > before + 1);
  state.code = undefined;
  const isDone = () =>
    kiosk.logLines.some((line) => line.includes("download_done") && line.includes(two.file.sha256));
  await until("fetched", isDone, 10_000);
  await until("no fault left", async () => (await kiosk.engine.status()).faults.length === 0, 10_000);
  const events = async () => {
    await kiosk[Symbol.asyncDispose]();
    return [...server.events.values()].toSorted((a, b) => a.sequence - b.sequence);
  };
  const told = await events();
  expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index));
  expect(told[0]).toMatchObject({ kind: "started", data: { reason: "boot" } });
  expect(told.at(-1)).toMatchObject({ kind: "stopped" });
  for (const kind of ["fault", "fault_over"])
    expect(
      told.some((event) => event.kind === kind && event.data.fault === "disk_full"),
      kind,
    ).toBe(true);
}, 60_000);

test("C9, M9: from a disk that cannot be written, a manifest past its date plays on, and both are told", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const file = makeFile(5000);
  const validUntil = new Date(Date.now() - 86_400_000).toISOString();
  server.publish(makeManifest({ assets: [fileAsset(file, 500)], validUntil }), [file]);
  {
    await using kiosk = await startTestKiosk(server.url, folder.path);
    await pairAndPlay(kiosk, server);
    await until("saved", () => stat(join(folder.path, "manifests", "current")).then(Boolean, () => false));
  }
  const { files, state } = await stubbornDisk(folder.path);
  state.code = "EROFS";
  await using kiosk = await startTestKiosk(server.url, folder.path, { files });
  await until("plays", () => shown(kiosk) >= 3);
  await until("told", () =>
    ["disk_read_only", "manifest_out_of_date"].every((kind) => faultsOf(server).includes(kind)),
  );
  expect((await kiosk.engine.status()).advice.join(" ")).toMatch(/Bring the screen online.*memory card/);
  await until("the disk's refusal is in its history, also from before there was one", () =>
    [...server.events.values()].some(({ kind, data }) => kind === "fault" && data.fault === "disk_read_only"),
  );
}, 30_000);

test("M2, M3: a manifest of a newer version is refused with a word and the former plays on; members that are new are left out", async () => {
  await using server = await startDeviceServer();
  await using folder = await makeFolder();
  const manifest = makeManifest({ assets: [webAsset("https://example.com/", 500)] });
  server.publish({ ...manifest, volumePercent: 40, privateHosts: ["menu.local"] });
  await using kiosk = await startTestKiosk(server.url, folder.path);
  await pairAndPlay(kiosk, server);
  await until("its loudness", () =>
    kiosk.sent.some((one) => one.kind === "settings" && one.volumePercent === 40),
  );
  const { deviceId, organizationId } = server;
  const publish = (changes: object) =>
    server.publishRaw(Buffer.from(JSON.stringify({ ...manifest, deviceId, organizationId, ...changes })));
  publish({ version: 3, revision: 2, playlists: "of another kind" });
  server.hint({ kind: "manifest", revision: 2 });
  await until(
    "told",
    () =>
      server.heartbeats
        .at(-1)
        ?.faults.some(({ text }) => /version 3.*up to 2: update the player/.test(text)) ?? false,
  );
  const before = shown(kiosk);
  await until("plays on", () => shown(kiosk) > before);
  const [asset] = manifest.assets;
  publish({ revision: 3, mood: "bright", assets: [{ ...asset, shadow: { depth: 3 } }] });
  server.hint({ kind: "manifest", revision: 3 });
  await until("taken", async () => (await kiosk.engine.status()).manifest.activeRevision === 3);
}, 30_000);
