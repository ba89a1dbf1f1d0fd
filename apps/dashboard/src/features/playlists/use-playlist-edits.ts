import { useQueryClient } from "@tanstack/react-query";
import type { PlaylistItemView, PlaylistView } from "@vitrine/core/model/playlist";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api, type Inputs } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { idAfter, reordered } from "./item-order.ts";
import { playlistQuery } from "./playlist-queries.ts";
import { useItemName } from "./use-item-name.ts";

/** What of an item can be set. */
export type ItemChange = Omit<Inputs["playlists"]["updateItem"], "playlistId" | "itemId">;

/** How a playlist plays its items. */
type Manner = Partial<Pick<PlaylistView, "order" | "fadeMs">>;

/** The edits of a playlist's items. Each is shown at once and corrected by what the server answers. */
export function usePlaylistEdits(playlist: PlaylistView) {
  const t = useTranslations("playlist");
  const nameOf = useItemName();
  const queryClient = useQueryClient();
  const { queryKey } = playlistQuery(playlist.id);
  const put = (next: PlaylistView) => {
    const shown = queryClient.getQueryData(queryKey);
    if (!shown || shown.version <= next.version) queryClient.setQueryData(queryKey, next);
    for (const head of ["preview", "overview"]) void queryClient.invalidateQueries({ queryKey: [head] });
    void queryClient.invalidateQueries({ queryKey: ["playlist", "list"] });
  };
  const guess = (change: (items: readonly PlaylistItemView[]) => readonly PlaylistItemView[]) => {
    void queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, (now) => (now ? { ...now, items: [...change(now.items)] } : now));
  };
  const takeBack = () => void queryClient.invalidateQueries({ queryKey });
  const failure = () => {
    takeBack();
    return false;
  };

  const move = useAct(
    ({ itemId, beforeItemId }: { itemId: string; beforeItemId: string | null }) =>
      api.playlists.moveItem.mutate({ playlistId: playlist.id, itemId, beforeItemId }),
    { done: put, failure },
  );
  const update = useAct(
    (change: ItemChange & { itemId: string }) =>
      api.playlists.updateItem.mutate({ playlistId: playlist.id, ...change }),
    { done: put, failure },
  );
  const add = useAct(
    (input: { assetIds: string[]; playlistIds: string[] }) =>
      api.playlists.addItems.mutate({ playlistId: playlist.id, ...input }),
    { done: put, failure: ({ code }) => code === "PLAYLIST_CYCLE" || code === "PLAYLISTS_TOO_DEEP" },
  );
  const manner = useAct((change: Manner) => api.playlists.update.mutate({ id: playlist.id, ...change }), {
    settled: () => {
      for (const head of ["playlist", "preview"]) void queryClient.invalidateQueries({ queryKey: [head] });
    },
  });
  const setManner = (change: Manner) => {
    void queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, (now) => now && { ...now, ...change });
    manner.mutate(change);
  };
  const putBack = useAct(
    async ({ item, beforeItemId }: { item: PlaylistItemView; beforeItemId: string | null }) => {
      const known = new Set(queryClient.getQueryData(queryKey)?.items.map((one) => one.id));
      const isThere = beforeItemId !== null && known.has(beforeItemId);
      const added = await api.playlists.addItems.mutate({
        playlistId: playlist.id,
        ...(item.assetId ? { assetIds: [item.assetId] } : {}),
        ...(item.playlistId ? { playlistIds: [item.playlistId] } : {}),
        ...(isThere ? { beforeItemId } : {}),
      });
      const fresh = added.items.find((one) => !known.has(one.id));
      if (!fresh || isPlain(item)) return added;
      return api.playlists.updateItem.mutate({
        playlistId: playlist.id,
        itemId: fresh.id,
        ...settingsOf(item),
      });
    },
    { done: put, failure },
  );
  const remove = useAct(
    ({ item }: { item: PlaylistItemView; beforeItemId: string | null }) =>
      api.playlists.removeItems.mutate({ playlistId: playlist.id, itemIds: [item.id] }),
    {
      done: (next, removed) => {
        put(next);
        notify({
          title: t("itemRemoved", { name: nameOf(removed.item) }),
          action: { label: t("undo"), onSelect: () => putBack.mutate(removed) },
        });
      },
      failure,
    },
  );

  return {
    move: (itemId: string, overId: string) => {
      const items = reordered(playlist.items, itemId, overId);
      if (items === playlist.items) return;
      guess((now) => reordered(now, itemId, overId));
      move.mutate({ itemId, beforeItemId: idAfter(items, itemId) });
    },
    setDuration: (itemId: string, durationMs: number | null) => update.mutate({ itemId, durationMs }),
    setEnabled: (itemId: string, isEnabled: boolean) => {
      guess((now) => now.map((item) => (item.id === itemId ? { ...item, isEnabled } : item)));
      update.mutate({ itemId, isEnabled });
    },
    remove: (item: PlaylistItemView) => {
      const beforeItemId = idAfter(playlist.items, item.id);
      guess((now) => now.filter((one) => one.id !== item.id));
      remove.mutate({ item, beforeItemId });
    },
    add: (assetIds: string[], playlistIds: string[]) => add.mutateAsync({ assetIds, playlistIds }),
    isAdding: add.isPending,
    addError: add.error,
    forgetAddError: add.reset,
    setOrder: (order: PlaylistView["order"]) => setManner({ order }),
    setFade: (fadeMs: number) => setManner({ fadeMs }),
    put,
  };
}

function settingsOf(item: PlaylistItemView) {
  const { durationMs, isEnabled, take, weight, daypartIds } = item;
  return { durationMs, isEnabled, weight, daypartIds, ...(item.playlistId ? { take } : {}) };
}

/** Whether nothing of an item was set: it is as it was added. */
function isPlain({ durationMs, isEnabled, take, weight, daypartIds }: PlaylistItemView): boolean {
  return durationMs === null && isEnabled && take === null && weight === 1 && daypartIds.length === 0;
}
