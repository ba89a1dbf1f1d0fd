import { MAX_GROUPS } from "@vitrine/core/model/group";
import { limitedScope, type OrganizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Services } from "../../../services.ts";
import { WHOLE_ZONE } from "../../../testing/alike-world.ts";
import { codeOf, failureOf } from "../../../testing/failure-of.ts";
import { useOf } from "../../plan/room.ts";
import { withTwoBusinesses } from "./two-businesses.ts";

/** What a member who is limited to a business makes and changes, and is refused. */
export function testWhatLimitedMembersMake(services: () => Services): void {
  describe("a member who is limited to one of two businesses", () => {
    const two = withTwoBusinesses(services);

    test("puts nothing of others into what is theirs", async () => {
      const { api, a, b, unbound } = two();
      for (const of of [b, unbound]) {
        const calls: Record<string, () => Promise<unknown>> = {
          "playlists.addItems": () =>
            api.playlists.addItems({ playlistId: a.playlistId, assetIds: [of.assetId] }),
          "playlists.addItems, nested": () =>
            api.playlists.addItems({
              playlistId: a.playlistId,
              playlistIds: [of.playlistId],
            }),
          "playlists.create": () => api.playlists.create({ name: "New", assetIds: [of.assetId] }),
          "layouts.update": () =>
            api.layouts.update({
              id: a.layoutId,
              mainZoneId: WHOLE_ZONE.id,
              zones: [{ ...WHOLE_ZONE, playlistId: of.playlistId }],
            }),
          "devices.assignPlaylist": () =>
            api.devices.assignPlaylist({
              deviceIds: [a.deviceId],
              playlistId: of.playlistId,
            }),
          "devices.assignPlaylist, their screen": () =>
            api.devices.assignPlaylist({
              deviceIds: [of.deviceId],
              playlistId: a.playlistId,
            }),
          "groups.change": () => api.groups.change({ id: a.groupId, add: [of.deviceId] }),
          "schedule.create, content": () =>
            api.schedule.create({
              content: { kind: "asset", assetId: of.assetId },
              targets: { deviceIds: [a.deviceId] },
            }),
          "schedule.create, target": () =>
            api.schedule.create({
              content: { kind: "asset", assetId: a.assetId },
              targets: { deviceIds: [of.deviceId] },
            }),
          "schedule.update": () =>
            api.schedule.update({
              id: a.entryId,
              content: { kind: "playlist", playlistId: of.playlistId },
            }),
        };
        for (const [path, call] of Object.entries(calls))
          expect([path, await codeOf(call())]).toEqual([path, "NOT_FOUND"]);
      }
    });

    test("makes things of their business, and takes nothing out of it", async () => {
      const { all, api, a, b } = two();
      const made = await api.assets.createWeb({ url: "https://example.com/a" });
      expect(made.businessId).toBe(a.businessId);
      const list = await api.playlists.create({ name: "Made", assetIds: [made.id] });
      expect(list.businessId).toBe(a.businessId);
      const entry = await api.schedule.create({
        content: { kind: "playlist", playlistId: list.id },
        targets: { tags: ["tagb"] },
      });
      expect(entry.businessId).toBe(a.businessId);
      expect(await codeOf(api.playlists.update({ id: list.id, businessId: null }))).toBe("INVALID_INPUT");
      expect(await codeOf(api.playlists.update({ id: list.id, businessId: b.businessId }))).toBe("NOT_FOUND");
      expect(await codeOf(api.playlists.create({ name: "Other", businessId: b.businessId }))).toBe(
        "NOT_FOUND",
      );
      expect(await codeOf(api.playlists.create({ name: "Other", businessId: null }))).toBe("INVALID_INPUT");
      // The tag is on a screen of the other business, which the entry does not reach.
      const preview = await all.devices.preview({ id: b.deviceId });
      expect(preview.manifest.entries.map(({ id }) => id)).not.toContain(entry.id);
    });

    test("of two businesses must say which; of none makes nothing and sees nothing", async () => {
      const { ours, a, b } = two();
      const both = ours.as("manager", [a.businessId, b.businessId]);
      expect((await both.playlists.list({ search: " list" })).total).toBe(2);
      expect(await codeOf(both.playlists.create({ name: "Which" }))).toBe("INVALID_INPUT");
      expect(await both.playlists.create({ name: "Which", businessId: b.businessId })).toMatchObject({
        businessId: b.businessId,
      });
      const none = ours.as("manager", []);
      expect(await none.playlists.list({})).toMatchObject({ rows: [], total: 0 });
      expect(await none.devices.list({})).toMatchObject({ rows: [], total: 0 });
      expect(await none.businesses.list({})).toMatchObject({ rows: [], total: 0 });
      expect(await codeOf(none.playlists.create({ name: "Nothing" }))).toBe("INVALID_INPUT");
    });

    test("is refused what concerns the organization as a whole, with the reason", async () => {
      const { api } = two();
      const refused: [string, Promise<unknown>][] = [
        ["organization.edit", api.organization.update({ name: "Mine" })],
        ["members.view", api.members.list({})],
        ["members.manage", api.invitations.create({ emails: ["x@example.com"], role: "viewer" })],
        ["businesses.manage", api.businesses.create({ name: "Mine" })],
        ["apiKeys.manage", api.apiKeys.create({ name: "Key", grants: ["assets.view"] })],
        ["audit.view", api.audit.list({})],
        ["organization.view", api.organization.plan()],
      ];
      for (const [permission, call] of refused)
        expect(await failureOf(call)).toEqual({ code: "LIMITED_TO_BUSINESSES", data: { permission } });
    });

    test("is held to what the organization has at most, counting what they do not see", async () => {
      const { ours, all, api, a, b } = two();
      const { database } = services();
      const count = (scope: OrganizationScope) =>
        database.inOrganization(scope, async (tx) => {
          const things = ["layouts", "groups", "dayparts", "entries"] as const;
          const rows = things.map((thing) => tx.execute(sql`select ${useOf(thing)} as use`));
          return (await Promise.all(rows)).flat().map(({ use }) => use);
        });
      const once = { recurrence: null, exceptDates: [], extraDates: [] };
      await all.schedule.create({
        content: { kind: "asset", assetId: b.assetId },
        targets: { isEverywhere: true },
        when: { ...once, start: "2020-01-01T00:00", end: "2020-01-01T01:00" },
      });
      const { total: entries } = await all.schedule.list({});
      const { total: layouts } = await all.layouts.list({});
      const { total: groups } = await all.groups.list({});
      expect(await count(ours.scope)).toEqual([layouts, groups, 0, entries - 1]);
      expect(await count(limitedScope(ours.organizationId, [a.businessId]))).toEqual(await count(ours.scope));
      await database.inOrganization(ours.scope, (tx) =>
        tx.execute(sql`insert into tenant.device_groups (organization_id, id, name)
          select ${ours.organizationId}::uuid, gen_random_uuid(), 'Many ' || n from generate_series(1, ${MAX_GROUPS - groups}::integer) n`),
      );
      expect(await failureOf(api.groups.create({ name: "One more" }))).toEqual({
        code: "TOO_MANY",
        data: { what: "groups", limit: MAX_GROUPS, use: MAX_GROUPS },
      });
    });

    test("does not close a loop of playlists through one that they do not see", async () => {
      const { all, api, b } = two();
      const outer = await api.playlists.create({ name: "Outer" });
      await all.playlists.addItems({ playlistId: b.playlistId, playlistIds: [outer.id] });
      const inner = await api.playlists.create({ name: "Inner" });
      await all.playlists.addItems({ playlistId: inner.id, playlistIds: [b.playlistId] });
      expect(await codeOf(api.playlists.addItems({ playlistId: outer.id, playlistIds: [inner.id] }))).toBe(
        "PLAYLIST_CYCLE",
      );
    });
  });
}
