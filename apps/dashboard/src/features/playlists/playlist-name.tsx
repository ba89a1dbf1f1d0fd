import { useQueryClient } from "@tanstack/react-query";
import type { PlaylistView } from "@vitrine/core/model/playlist";
import { updatePlaylistInput } from "@vitrine/core/model/playlist";
import { api } from "../../lib/api-client.ts";
import { NameInPlace } from "../../lib/name-in-place.tsx";

/** A playlist's name as the page's heading, renamed in place. */
export function PlaylistName({ playlist, mayEdit }: { playlist: PlaylistView; mayEdit: boolean }) {
  const queryClient = useQueryClient();
  return (
    <NameInPlace
      name={playlist.name}
      mayEdit={mayEdit}
      check={(name) => updatePlaylistInput.shape.name.unwrap().safeParse(name)}
      onRename={async (name) => {
        await api.playlists.update.mutate({ id: playlist.id, name });
        for (const head of ["playlist", "device", "overview"]) {
          void queryClient.invalidateQueries({ queryKey: [head] });
        }
      }}
    />
  );
}
