import type { Access } from "../trpc/init.ts";
import { appRouter } from "../trpc/root.ts";
import { startPairing, type World } from "./alike-world.ts";

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
  "assets.update": (world) => ({ id: world.assetId, name: "Page" }),
  "assets.remove": (world) => ({ ids: [world.spareAssetId], force: true }),
  "assets.restore": (world) => ({ ids: [world.spareAssetId] }),
  "assets.usedBy": (world) => ({ id: world.assetId }),
  "assets.retry": (world) => ({ id: world.assetId }),
  "devices.list": (world) => ({ playlistId: world.playlistId }),
  "devices.get": (world) => ({ id: world.deviceId }),
  "devices.counts": () => undefined,
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
  "devices.preview": (world) => ({ id: world.deviceId }),
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
  "playlists.rename": (world) => ({ id: world.playlistId, name: "Loop" }),
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
};

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
