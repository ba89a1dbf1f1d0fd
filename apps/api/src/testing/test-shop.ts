import type { createEntryInput, EntryView } from "@vitrine/core/model/entry";
import { type Manifest, manifest } from "@vitrine/core/model/manifest";
import { organizations } from "@vitrine/db/schema";
import type * as z from "zod";
import type { ManifestSubjects } from "../manifest/manifests.ts";
import { makeTestOrganization, type TestOrganization } from "./test-organization.ts";
import type { TestServer } from "./test-server.ts";

export type TestShop = {
  ours: TestOrganization;
  /** The router as an admin sees it. */
  api: ReturnType<TestOrganization["as"]>;
  assetId: string;
  playlistId: string;
  deviceId: string;
  /** Makes an entry: the playlist on the screen on Tuesdays, unless told. */
  entry(change?: Partial<z.input<typeof createEntryInput>>): Promise<EntryView>;
  manifestOf(id?: string): Promise<Manifest & { subjects: ManifestSubjects }>;
  /** The ids of the entries in a screen's manifest, in its order. */
  entriesOf(id?: string): Promise<string[]>;
};

/** When an entry plays every week: Tuesdays from 9 to 11 from 24 November 2026. */
export const TUESDAYS = {
  start: "2026-11-24T09:00",
  end: "2026-11-24T11:00",
  recurrence: "FREQ=WEEKLY;BYDAY=TU",
  exceptDates: [],
  extraDates: [],
};

/** An organization in Berlin with a screen, "Window", and a playlist, "Breakfast", of one picture, "Croissants". */
export async function makeTestShop({ services }: Pick<TestServer, "services">): Promise<TestShop> {
  const ours = await makeTestOrganization(services);
  const api = ours.as("admin");
  const assetId = await ours.makeAsset({ name: "Croissants" });
  const playlistId = (await api.playlists.create({ name: "Breakfast", assetIds: [assetId] })).id;
  const deviceId = await ours.makeDevice({ name: "Window" });
  await services.database.batch(ours.scope, (q) => [
    q.update(organizations).set({ timeZone: "Europe/Berlin" }),
  ]);
  const manifestOf = async (id = deviceId) => {
    const built = await services.manifests.build(ours.scope, id);
    if (!built) throw new Error("No manifest");
    return { ...manifest.parse(JSON.parse(built.write().body.toString())), subjects: built.subjects };
  };
  return {
    ours,
    api,
    assetId,
    playlistId,
    deviceId,
    entry: (change = {}) =>
      api.schedule.create({
        content: { kind: "playlist", playlistId },
        targets: { deviceIds: [deviceId] },
        when: TUESDAYS,
        ...change,
      }),
    manifestOf,
    entriesOf: async (id = deviceId) => (await manifestOf(id)).entries.map((one) => one.id),
  };
}
