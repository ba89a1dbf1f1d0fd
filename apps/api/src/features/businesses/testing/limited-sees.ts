import type { Subject } from "@vitrine/core/model/event";
import { limitedScope } from "@vitrine/db/scope";
import { describe, expect, test } from "vitest";
import type { Services } from "../../../services.ts";
import { WHOLE_ZONE } from "../../../testing/alike-world.ts";
import { codeOf } from "../../../testing/failure-of.ts";
import { seenOf } from "../../events/seen-changes.ts";
import { MOVED_FROM } from "../belonging.ts";
import { withTwoBusinesses } from "./two-businesses.ts";

/** What a member who is limited to a business sees, and is told of. */
export function testWhatLimitedMembersSee(services: () => Services): void {
  describe("a member who is limited to one of two businesses", () => {
    const two = withTwoBusinesses(services);

    test("finds only what belongs to it, in every list, count and search", async () => {
      const { api, a, b } = two();
      const names = async (list: Promise<{ rows: { name: string }[]; total: number }>) => {
        const { rows, total } = await list;
        expect(total).toBe(rows.length);
        return rows.map(({ name }) => name);
      };
      expect(await names(api.assets.list({}))).toEqual(["A asset"]);
      expect(await names(api.assets.list({ search: "asset" }))).toEqual(["A asset"]);
      expect(await names(api.assets.list({ search: "tagb" }))).toEqual([]);
      expect(await names(api.playlists.list({}))).toEqual(["A list"]);
      expect(await names(api.playlists.list({ search: "list" }))).toEqual(["A list"]);
      expect(await names(api.layouts.list({}))).toEqual(["A layout"]);
      expect(await names(api.groups.list({}))).toEqual(["A group"]);
      expect(await names(api.devices.list({}))).toEqual(["A screen"]);
      expect(await names(api.devices.list({ search: "screen" }))).toEqual(["A screen"]);
      expect(await names(api.schedule.list({}))).toEqual(["A entry", "A override"]);
      expect(await names(api.businesses.list({}))).toEqual(["Business A"]);
      expect((await api.businesses.names()).rows).toEqual([{ id: a.businessId, name: "Business A" }]);
      expect((await api.assets.tags()).tags).toEqual([{ tag: "taga", count: 1 }]);
      expect((await api.devices.tags()).tags).toEqual([{ tag: "taga", count: 1 }]);
      expect(await api.devices.counts()).toMatchObject({ never: 1 });
      expect(await api.overview.get()).toMatchObject({ assetCount: 1, playlistCount: 1 });
      expect((await api.schedule.overrides()).rows.map(({ entry }) => entry.name)).toEqual(["A override"]);
      expect(await api.assets.list({ businessId: b.businessId })).toMatchObject({ rows: [], total: 0 });
      expect(await api.assets.list({ businessId: "none" })).toMatchObject({ rows: [], total: 0 });
    });

    test("finds by id nothing that is not theirs, be it another business's or the organization's", async () => {
      const { api, a, b, unbound } = two();
      const { assetId, playlistId, deviceId } = unbound;
      for (const of of [b, { ...b, assetId, playlistId, deviceId }]) {
        const range = { from: "2026-11-24T00:00:00.000Z", until: "2026-11-25T00:00:00.000Z" };
        const calls: Record<string, () => Promise<unknown>> = {
          "assets.get": () => api.assets.get({ id: of.assetId }),
          "assets.update": () => api.assets.update({ id: of.assetId, name: "Mine" }),
          "assets.remove": () => api.assets.remove({ ids: [of.assetId], force: true }),
          "assets.usedBy": () => api.assets.usedBy({ id: of.assetId }),
          "playlists.get": () => api.playlists.get({ id: of.playlistId }),
          "playlists.update": () => api.playlists.update({ id: of.playlistId, name: "Mine" }),
          "playlists.duplicate": () => api.playlists.duplicate({ id: of.playlistId }),
          "playlists.remove": () => api.playlists.remove({ ids: [of.playlistId], force: true }),
          "playlists.preview": () => api.playlists.preview({ id: of.playlistId }),
          "playlists.updateItem": () =>
            api.playlists.updateItem({
              playlistId: of.playlistId,
              itemId: of.itemId,
              durationMs: 5000,
            }),
          "layouts.get": () => api.layouts.get({ id: of.layoutId }),
          "layouts.update": () => api.layouts.update({ id: of.layoutId, name: "Mine" }),
          "groups.rename": () => api.groups.rename({ id: of.groupId, name: "Mine" }),
          "groups.change": () => api.groups.change({ id: of.groupId, add: [a.deviceId] }),
          "devices.get": () => api.devices.get({ id: of.deviceId }),
          "devices.update": () => api.devices.update({ id: of.deviceId, name: "Mine" }),
          "devices.revoke": () => api.devices.revoke({ id: of.deviceId }),
          "devices.preview": () => api.devices.preview({ id: of.deviceId }),
          "devices.commands": () => api.devices.commands({ deviceId: of.deviceId }),
          "devices.events": () => api.devices.events({ deviceId: of.deviceId }),
          "devices.timeline": () => api.devices.timeline({ deviceId: of.deviceId, ...range }),
          "devices.sendCommand": () => api.devices.sendCommand({ deviceId: of.deviceId, kind: "identify" }),
          "schedule.get": () => api.schedule.get({ id: of.entryId }),
          "schedule.update": () => api.schedule.update({ id: of.entryId, priority: 3 }),
          "schedule.remove": () => api.schedule.remove({ ids: [of.entryId] }),
          "schedule.endOverride": () => api.schedule.endOverride({ id: of.overrideId }),
          "schedule.receipts": () => api.schedule.receipts({ id: of.overrideId }),
          "schedule.airtime": () => api.schedule.airtime({ deviceId: of.deviceId, ...range }),
          "businesses.get": () => api.businesses.get({ id: of.businessId }),
        };
        for (const [path, call] of Object.entries(calls))
          expect([path, await codeOf(call())]).toEqual([path, "NOT_FOUND"]);
      }
    });

    test("sees that something in theirs is another business's, and leaves it whole", async () => {
      const { all, api, a, b } = two();
      await all.playlists.addItems({ playlistId: a.playlistId, assetIds: [b.assetId] });
      const seen = await api.playlists.get({ id: a.playlistId });
      const [own, hidden] = seen.items;
      expect(own?.asset?.name).toBe("A asset");
      expect(hidden).toMatchObject({ assetId: b.assetId, asset: null, playlist: null });
      await api.playlists.update({ id: a.playlistId, name: "A list, renamed" });
      await api.playlists.moveItem({
        playlistId: a.playlistId,
        itemId: hidden?.id ?? "",
        beforeItemId: own?.id ?? "",
      });
      expect((await all.playlists.get({ id: a.playlistId })).items.map(({ assetId }) => assetId)).toEqual([
        b.assetId,
        a.assetId,
      ]);
      const copy = await api.playlists.duplicate({ id: a.playlistId });
      expect(copy.items.map(({ assetId }) => assetId)).toEqual([a.assetId]);

      const zone = { ...WHOLE_ZONE, playlistId: b.playlistId };
      await all.layouts.update({ id: a.layoutId, mainZoneId: zone.id, zones: [zone] });
      const layout = await api.layouts.get({ id: a.layoutId });
      expect(layout.zones[0]).toMatchObject({ playlistId: b.playlistId, playlistName: null });
      const half = { ...zone, width: 0.5 };
      await api.layouts.update({ id: a.layoutId, mainZoneId: zone.id, zones: [half] });
      expect((await all.layouts.get({ id: a.layoutId })).zones[0]).toMatchObject({
        width: 0.5,
        playlistName: "B list",
      });
      await all.schedule.update({ id: a.entryId, content: { kind: "playlist", playlistId: b.playlistId } });
      expect((await api.schedule.get({ id: a.entryId })).shown).toMatchObject({ name: "", isHidden: true });
      await api.schedule.update({ id: a.entryId, priority: 2 });
      expect(await codeOf(api.schedule.duplicate({ id: a.entryId }))).toBe("NOT_FOUND");

      const everywhere = { targets: { isEverywhere: true }, businessId: a.businessId };
      const unnamed = await all.schedule.create({
        content: { kind: "asset", assetId: b.assetId },
        ...everywhere,
      });
      expect((await api.schedule.get({ id: unnamed.id })).name).toBe("Business A");
      const named = await all.schedule.create({
        content: { kind: "asset", assetId: a.assetId },
        ...everywhere,
      });
      expect((await api.schedule.get({ id: named.id })).name).toBe("A asset");
      await all.schedule.remove({ ids: [unnamed.id, named.id] });

      const plays = (playlistId: string) =>
        all.devices.assignPlaylist({ deviceIds: [a.deviceId], playlistId });
      await plays(b.playlistId);
      const unseen = { id: b.playlistId, name: "" };
      expect(await api.devices.get({ id: a.deviceId })).toMatchObject({
        playlist: unseen,
        effectivePlaylist: unseen,
      });
      await plays(a.playlistId);

      // What is on the glass of their screen they see, without the names of what is not theirs.
      const { manifest } = await api.devices.preview({ id: a.deviceId });
      expect(manifest.assets.map(({ id, name }) => [id, name]).toSorted()).toEqual(
        [
          [a.assetId, "A asset"],
          [b.assetId, ""],
        ].toSorted(),
      );
    });

    test("is told by the stream of what they see, and of what is taken out of it", async () => {
      const { ours, a, b, unbound } = two();
      const scope = limitedScope(ours.organizationId, [a.businessId]);
      const told = async (subject: Subject, ids: string[], action = "updated") => {
        const change = { kind: "change" as const, change: { subject, ids, action } };
        const seen = await seenOf(services().database, scope, change);
        return seen?.kind === "change" ? seen.change.ids : undefined;
      };
      expect(await told("asset", [a.assetId, b.assetId])).toEqual([a.assetId]);
      expect(await told("playlist", [b.playlistId, unbound.playlistId])).toBeUndefined();
      expect(await told("entry", [a.entryId, b.entryId])).toEqual([a.entryId]);
      expect(await told("device", [b.deviceId])).toBeUndefined();
      expect(await told("member", [services().newId()])).toBeUndefined();
      expect(await told("asset", [b.assetId], `${MOVED_FROM}${a.businessId}`)).toEqual([b.assetId]);
      expect(await told("asset", [b.assetId], `${MOVED_FROM}${b.businessId}`)).toBeUndefined();
      const status = { kind: "status" as const, deviceIds: [a.deviceId, b.deviceId] };
      expect(await seenOf(services().database, scope, status)).toEqual({
        kind: "status",
        deviceIds: [a.deviceId],
      });
    });

    test("sees a thing come and go when others move it", async () => {
      const { all, api, a, b } = two();
      const { id } = await all.playlists.create({ name: "Traveller", businessId: b.businessId });
      expect(await codeOf(api.playlists.get({ id }))).toBe("NOT_FOUND");
      await all.playlists.update({ id, businessId: a.businessId });
      expect(await api.playlists.get({ id })).toMatchObject({ name: "Traveller" });
      await all.playlists.update({ id, businessId: null });
      expect(await codeOf(api.playlists.get({ id }))).toBe("NOT_FOUND");
    });
  });
}
