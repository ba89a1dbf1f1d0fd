import { api, type Outputs } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";

const TRIES = 20;

/** Makes a playlist of assets under a name, or under the first free name with a number behind it. */
export async function makePlaylist({
  name,
  assetIds,
  businessId,
}: {
  name: string;
  assetIds: readonly string[];
  businessId: string | null | undefined;
}): Promise<Outputs["playlists"]["create"]> {
  for (let number = 1; ; number += 1) {
    try {
      const free = number === 1 ? name : `${name} ${number}`;
      return await api.playlists.create.mutate({ name: free, assetIds: [...assetIds], businessId });
    } catch (error) {
      if (toFailure(error).code !== "NAME_TAKEN" || number >= TRIES) throw error;
    }
  }
}
