import { type AssetView, assetPage, assetView } from "@vitrine/core/model/asset";
import { makePerson } from "../device/testing/test-person.ts";
import { text } from "./alike-world.ts";
import type { TestServer } from "./test-server.ts";
import { makeTusClient } from "./tus-client.ts";
import { until } from "./until.ts";

export type UploadingPerson = Awaited<ReturnType<typeof makeUploadingPerson>>;

/** An owner as `makePerson` makes them, who uploads and looks at what became of it. */
export async function makeUploadingPerson(server: TestServer, name: string) {
  const person = await makePerson(server, name);
  const asset = async (id: string): Promise<AssetView> =>
    assetView.parse(await person.query("assets.get", { id }));
  return {
    ...person,
    tus: makeTusClient(server.url, { cookie: person.cookie }),
    asset,
    list: async (filter: Record<string, unknown> = {}) =>
      assetPage.parse(await person.query("assets.list", filter)),
    /** An asset once it is ready or has failed. */
    settled: async (id: string): Promise<AssetView> => {
      await until(
        `asset ${id} is processed`,
        async () => ["ready", "failed"].includes((await asset(id)).state),
        60_000,
      );
      return asset(id);
    },
    /** Credentials of a program with these permissions. */
    keyWith: async (grants: string[]) => {
      const made = await person.call("apiKeys.create", { name: grants.join(), grants });
      return { authorization: `Bearer ${text(made, "secret")}` };
    },
  };
}
