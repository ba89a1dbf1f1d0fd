import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";

const TRIES = 20;

/** Makes a playlist of assets under a name, or under the first free name with a number behind it. */
export async function makePlaylist(
  name: string,
  assetIds: readonly string[],
): Promise<{ id: string; name: string }> {
  for (let number = 1; ; number += 1) {
    try {
      const free = number === 1 ? name : `${name} ${number}`;
      return await api.playlists.create.mutate({ name: free, assetIds: [...assetIds] });
    } catch (error) {
      if (toFailure(error).code !== "NAME_TAKEN" || number >= TRIES) throw error;
    }
  }
}
