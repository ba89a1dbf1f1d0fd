import { randomBytes } from "node:crypto";
import { manifest } from "@vitrine/core/model/manifest";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTestOrganization } from "../testing/test-organization.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { makeManifests } from "./manifests.ts";
import { readManifest } from "./preview-manifest.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const SCREENS = 3;
const PLAYLISTS = 3;
/** What a step may change: of one screen, of all who play a playlist, of everybody, or of nobody. */
const step = fc.record({
  kind: fc.constantFrom(
    "rename",
    "fade",
    "enable",
    "assign",
    "volume",
    "tag",
    "entry",
    "brand",
    "elsewhere",
    "restart",
  ),
  which: fc.nat({ max: PLAYLISTS - 1 }),
  value: fc.nat({ max: 1 }),
  server: fc.nat({ max: 1 }),
});

test("a screen's ETag changes exactly when what it plays does, and what it holds is never old nor of a lower revision", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 14 }), async (steps) => {
      const ours = await makeTestOrganization(server.services);
      const { scope } = ours;
      const api = ours.as("owner");
      await api.organization.update({ slug: `o-${randomBytes(8).toString("hex")}` });
      const { database, manifestKey, clock } = server.services;
      const deps = { database, manifestKey, clock };
      // Two processes, each with what it has read before.
      const servers = [makeManifests(deps), makeManifests(deps)];
      const assetIds = await Promise.all(Array.from({ length: PLAYLISTS }, () => ours.makeAsset()));
      const lists = await Promise.all(
        assetIds.map((id, at) => api.playlists.create({ name: `List ${at}`, assetIds: [id] })),
      );
      const list = (at: number) => lists[at]?.id ?? "";
      const screens = await Promise.all(
        Array.from({ length: SCREENS }, (_, at) =>
          ours.makeDevice({ name: `Screen ${at}`, playlistId: list(at) }),
        ),
      );
      const screen = (at: number) => screens[at] ?? "";
      const entry = await api.schedule.create({
        content: { kind: "playlist", playlistId: list(0) },
        targets: { deviceIds: [screen(0)] },
      });
      const held = new Map<string, { etag: string; revision: number; plays: string }>();

      const poll = async (deviceId: string, at: number) => {
        const built = await servers[at]?.build(scope, deviceId);
        if (!built) throw new Error("No manifest");
        const { revision: _, ...truth } = await readManifest({ database, scope, clock }, deviceId);
        const before = held.get(deviceId);
        const plays = JSON.stringify(truth);
        expect(before?.etag === built.etag, "its name stays while what it plays does").toBe(
          before?.plays === plays,
        );
        if (before?.etag === built.etag) return;
        const { revision, ...got } = manifest.parse(JSON.parse(built.write().body.toString()));
        expect(JSON.stringify(got), "what is sent is what is true").toBe(plays);
        expect(revision).toBe(built.revision);
        expect(revision).toBeGreaterThanOrEqual(before?.revision ?? 0);
        held.set(deviceId, { etag: built.etag, revision, plays });
      };
      const pollAll = async (at: number) => {
        for (const deviceId of screens) await poll(deviceId, at);
      };

      await pollAll(0);
      for (const { kind, which, value, server: at } of steps) {
        if (kind === "rename")
          await api.playlists.update({ id: list(which), name: `List ${which} ${value}` });
        if (kind === "fade") await api.playlists.update({ id: list(which), fadeMs: value * 500 });
        if (kind === "enable") await api.assets.update({ id: assetIds[which] ?? "", isEnabled: value === 1 });
        if (kind === "assign") {
          await api.devices.assignPlaylist({ deviceIds: [screen(which)], playlistId: list(value) });
        }
        if (kind === "volume") await api.devices.update({ id: screen(which), volumePercent: value * 50 });
        if (kind === "tag") await api.devices.update({ id: screen(which), tags: [`tag ${value}`] });
        if (kind === "entry")
          await api.schedule.update({ id: entry.id, targets: { deviceIds: [screen(which)] } });
        if (kind === "brand") {
          await api.organization.update({ brandColor: value === 1 ? "#112233" : null });
        }
        if (kind === "elsewhere") await api.playlists.create({ name: `Elsewhere ${crypto.randomUUID()}` });
        if (kind === "restart") servers[at] = makeManifests(deps);
        await pollAll(at);
      }
    }),
    { numRuns: 6 },
  );
});
