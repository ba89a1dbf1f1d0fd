import type { Access } from "../trpc/init.ts";
import { appRouter } from "../trpc/root.ts";
import { startPairing, WHOLE_ZONE, type World } from "./alike-world.ts";

export type Sample = (world: World, url: string) => unknown;

/** Input for every procedure of the router; a new procedure without one fails the first test. */
export const SAMPLES: Record<string, Sample> = {
  "account.session": () => undefined,
  "account.signUp": () => ({
    name: "New",
    email: `new-${crypto.randomUUID()}@example.com`,
    password: "correct horse battery",
    organizationName: "New",
  }),
  "account.signIn": () => ({ email: "nobody@example.com", password: "wrong password" }),
  "account.signOut": () => ({}),
  "account.changePassword": () => ({
    currentPassword: "not the password",
    newPassword: "correct horse battery",
  }),
  "account.updateProfile": () => ({ name: "Sam Alike" }),
  "apiKeys.list": () => ({}),
  "apiKeys.create": () => ({ name: "Another", grants: ["assets.view"] }),
  "apiKeys.revoke": (world) => ({ id: world.apiKeyId }),
  "assets.list": () => ({}),
  "assets.get": (world) => ({ id: world.assetId }),
  "assets.tags": () => undefined,
  "assets.createWeb": () => ({ url: "https://example.com/another" }),
  "assets.createStream": () => ({ url: "https://example.com/live.m3u8" }),
  "assets.update": (world) => ({ id: world.assetId, name: "Page" }),
  "assets.remove": (world) => ({ ids: [world.spareAssetId], force: true }),
  "assets.restore": (world) => ({ ids: [world.spareAssetId] }),
  "assets.usedBy": (world) => ({ id: world.assetId }),
  "assets.retry": (world) => ({ id: world.assetId }),
  "dayparts.list": () => ({}),
  "dayparts.create": () => ({
    name: "Evening",
    windows: [{ weekdays: ["SA"], start: "18:00", end: "02:00" }],
  }),
  "dayparts.update": (world) => ({ id: world.daypartId, name: "Breakfast" }),
  "dayparts.duplicate": (world) => ({ id: world.daypartId }),
  "dayparts.remove": (world) => ({ ids: [world.daypartId], force: true }),
  "dayparts.restore": (world) => ({ ids: [world.daypartId] }),
  "dayparts.usedBy": (world) => ({ id: world.daypartId }),
  "devices.list": (world) => ({ playlistId: world.playlistId }),
  "devices.get": (world) => ({ id: world.deviceId }),
  "devices.counts": () => undefined,
  "devices.tags": () => undefined,
  "devices.findPairing": async (_world, url) => ({ code: await startPairing(url) }),
  "devices.claim": async (world, url) => ({
    code: await startPairing(url),
    name: "Second",
    playlistId: world.playlistId,
  }),
  "devices.update": (world) => ({ id: world.deviceId, name: "Window" }),
  "devices.assignPlaylist": (world) => ({ deviceIds: [world.deviceId], playlistId: world.playlistId }),
  "devices.revoke": (world) => ({ id: world.deviceId }),
  "devices.sendCommand": (world) => ({ deviceId: world.deviceId, kind: "identify" }),
  "devices.commands": (world) => ({ deviceId: world.deviceId }),
  "devices.diagnose": (world) => ({ id: world.deviceId }),
  "devices.timeline": (world) => ({ deviceId: world.deviceId, ...A_DAY }),
  "devices.events": (world) => ({ deviceId: world.deviceId }),
  "devices.files": (world) => ({ id: world.deviceId }),
  "devices.logs": (world) => ({ deviceId: world.deviceId }),
  "devices.readLog": (world) => ({ deviceId: world.deviceId, id: world.commandId }),
  "devices.preview": (world) => ({ id: world.deviceId }),
  "groups.list": (world) => ({ deviceId: world.deviceId }),
  "groups.create": (world) => ({ name: "Windows", deviceIds: [world.deviceId] }),
  "groups.rename": (world) => ({ id: world.groupId, name: "Doors" }),
  "groups.change": (world) => ({ id: world.groupId, add: [world.deviceId] }),
  "groups.duplicate": (world) => ({ id: world.groupId }),
  "groups.remove": (world) => ({ ids: [world.groupId], force: true }),
  "groups.restore": (world) => ({ ids: [world.groupId] }),
  "groups.usedBy": (world) => ({ id: world.groupId }),
  "layouts.list": () => ({}),
  "layouts.get": (world) => ({ id: world.layoutId }),
  "layouts.create": (world) => ({
    name: "Another",
    zones: [{ ...WHOLE_ZONE, playlistId: world.playlistId }],
    mainZoneId: WHOLE_ZONE.id,
  }),
  "layouts.update": (world) => ({ id: world.layoutId, name: "Split" }),
  "layouts.duplicate": (world) => ({ id: world.layoutId }),
  "layouts.remove": (world) => ({ ids: [world.layoutId], force: true }),
  "layouts.restore": (world) => ({ ids: [world.layoutId] }),
  "layouts.usedBy": (world) => ({ id: world.layoutId }),
  "events.stream": () => ({}),
  "members.list": () => ({}),
  "organization.get": () => undefined,
  "organization.update": (world) => ({ defaultPlaylistId: world.playlistId }),
  "organization.create": () => ({ name: "Alike" }),
  "organization.select": (world) => ({ organizationId: world.organizationId }),
  "overview.get": () => undefined,
  "playlists.list": () => ({}),
  "playlists.get": (world) => ({ id: world.playlistId }),
  "playlists.create": (world) => ({ name: "Another", assetIds: [world.assetId] }),
  "playlists.update": (world) => ({ id: world.playlistId, name: "Loop" }),
  "playlists.duplicate": (world) => ({ id: world.playlistId }),
  "playlists.remove": (world) => ({ ids: [world.playlistId] }),
  "playlists.restore": (world) => ({ ids: [world.playlistId] }),
  "playlists.usedBy": (world) => ({ id: world.playlistId }),
  "playlists.addItems": (world) => ({
    playlistId: world.playlistId,
    assetIds: [world.assetId],
    beforeItemId: world.itemId,
  }),
  "playlists.updateItem": (world) => ({
    playlistId: world.playlistId,
    itemId: world.itemId,
    durationMs: 5000,
  }),
  "playlists.moveItem": (world) => ({
    playlistId: world.playlistId,
    itemId: world.itemId,
    beforeItemId: null,
  }),
  "playlists.removeItems": (world) => ({ playlistId: world.playlistId, itemIds: [world.itemId] }),
  "playlists.preview": (world) => ({ id: world.playlistId }),
  "schedule.list": (world) => ({ deviceId: world.deviceId, from: "2026-11-23", until: "2026-11-30" }),
  "schedule.get": (world) => ({ id: world.entryId }),
  "schedule.create": (world) => ({
    content: { kind: "playlist", playlistId: world.playlistId },
    targets: { deviceIds: [world.deviceId] },
  }),
  "schedule.update": (world) => ({ id: world.entryId, priority: 3 }),
  "schedule.duplicate": (world) => ({ id: world.entryId }),
  "schedule.moveOccurrence": (world) => ({
    id: world.entryId,
    date: "2026-11-24",
    start: "2026-11-24T10:00",
    end: "2026-11-24T12:00",
    scope: "one",
  }),
  "schedule.removeOccurrence": (world) => ({ id: world.entryId, date: "2026-12-01", scope: "one" }),
  "schedule.remove": (world) => ({ ids: [world.entryId] }),
  "schedule.restore": (world) => ({ ids: [world.entryId] }),
  "schedule.override": (world) => ({
    content: { kind: "asset", assetId: world.assetId },
    targets: { groupIds: [world.groupId] },
    endsAt: "2099-01-01T00:00:00.000Z",
  }),
  "schedule.endOverride": (world) => ({ id: world.overrideId }),
  "schedule.overrides": () => undefined,
  "schedule.receipts": (world) => ({ id: world.overrideId }),
  "schedule.preview": (world) => ({ deviceId: world.deviceId, ...A_DAY }),
  "schedule.explain": (world) => ({ deviceId: world.deviceId, at: A_DAY.from }),
  "schedule.airtime": (world) => ({ deviceId: world.deviceId, ...A_DAY }),
  "schedule.lint": (world) => ({ deviceId: world.deviceId, ...A_DAY }),
};

const A_DAY = { from: "2026-11-24T00:00:00.000Z", until: "2026-11-25T00:00:00.000Z" };

/** Every procedure of the dashboard's router: its dotted path, its kind, and who may call it. */
export function listProcedures(): { path: string; type: string; access: Access | undefined }[] {
  return Object.entries(flatten(appRouter._def.procedures)).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    access: _def.meta?.access,
  }));
}

/** Guarantee: tRPC keeps a router's procedures flat, by their dotted path, whatever its types nest. */
function flatten(procedures: unknown) {
  return procedures as Record<string, { _def: { type: string; meta?: { access: Access } } }>;
}
