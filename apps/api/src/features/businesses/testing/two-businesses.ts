import { beforeAll } from "vitest";
import type { Services } from "../../../services.ts";
import { WHOLE_ZONE } from "../../../testing/alike-world.ts";
import { makeTestOrganization, type TestOrganization } from "../../../testing/test-organization.ts";

/** Calls of who sees all (`all`) and of who is limited to the first of two businesses (`api`), and what is in each. */
export type TwoBusinesses = {
  ours: TestOrganization;
  all: ReturnType<TestOrganization["as"]>;
  api: ReturnType<TestOrganization["as"]>;
  a: Filled;
  b: Filled;
  /** Things of neither. */
  unbound: { assetId: string; playlistId: string; deviceId: string };
};
type Filled = Awaited<ReturnType<typeof fill>>;

/** An organization of two businesses with one of everything in each, and some things of neither; made once for all tests of a `describe`. */
export function withTwoBusinesses(services: () => Services): () => TwoBusinesses {
  let two: TwoBusinesses;
  beforeAll(async () => {
    two = await makeTwoBusinesses(services());
  });
  return () => two;
}

async function makeTwoBusinesses(services: Services): Promise<TwoBusinesses> {
  const ours = await makeTestOrganization(services);
  const all = ours.as("admin");
  const filling = { ours, all };
  const [a, b] = [await fill(filling, "A"), await fill(filling, "B")];
  const assetId = await ours.makeAsset({ name: "Shared asset" });
  const { id: playlistId } = await all.playlists.create({ name: "Shared list", assetIds: [assetId] });
  const deviceId = await ours.makeDevice({ name: "Shared screen", playlistId });
  const unbound = { assetId, playlistId, deviceId };
  return { ours, all, a, b, unbound, api: ours.as("admin", [a.businessId]) };
}

type Filling = Pick<TwoBusinesses, "ours" | "all">;

/** A business with one of everything, each thing's name beginning with a letter of its own. */
async function fill({ ours, all }: Filling, letter: string) {
  const { id: businessId } = await all.businesses.create({ name: `Business ${letter}` });
  const assetId = await ours.makeAsset({ name: `${letter} asset` });
  await all.assets.update({ id: assetId, businessId, tags: [`tag${letter.toLowerCase()}`] });
  const playlist = await all.playlists.create({ name: `${letter} list`, assetIds: [assetId], businessId });
  const deviceId = await ours.makeDevice({ name: `${letter} screen`, playlistId: playlist.id });
  await all.devices.update({ id: deviceId, businessId, tags: [`tag${letter.toLowerCase()}`] });
  const layout = await all.layouts.create({
    name: `${letter} layout`,
    zones: [{ ...WHOLE_ZONE, playlistId: playlist.id }],
    mainZoneId: WHOLE_ZONE.id,
    businessId,
  });
  const group = await all.groups.create({ name: `${letter} group`, deviceIds: [deviceId], businessId });
  const entry = await all.schedule.create({
    name: `${letter} entry`,
    content: { kind: "playlist", playlistId: playlist.id },
    targets: { groupIds: [group.id] },
    businessId,
  });
  const override = await all.schedule.override({
    name: `${letter} override`,
    content: { kind: "asset", assetId },
    targets: { isEverywhere: true },
    endsAt: "2099-01-01T00:00:00.000Z",
    businessId,
  });
  const itemId = playlist.items[0]?.id ?? "";
  return {
    businessId,
    assetId,
    playlistId: playlist.id,
    itemId,
    deviceId,
    layoutId: layout.id,
    groupId: group.id,
    entryId: entry.id,
    overrideId: override.id,
  };
}
