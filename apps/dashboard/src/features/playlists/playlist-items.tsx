import type { PlaylistView } from "@vitrine/core/model/playlist";
import { SortableList, type SortableText } from "@vitrine/ui/sortable-list";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useScroller } from "../shell/page.tsx";
import { neighbourFor } from "./item-order.ts";
import { PlaylistItemRow } from "./playlist-item-row.tsx";
import { useItemName } from "./use-item-name.ts";
import { useNestedPictures } from "./use-nested-pictures.ts";
import type { usePlaylistEdits } from "./use-playlist-edits.ts";

const ItemSettingsDialog = lazy(async () => ({
  default: (await import("./item-settings-dialog.tsx")).ItemSettingsDialog,
}));

/** The items in order, to be dragged, moved, timed, switched and taken out. */
export function PlaylistItems({
  playlist,
  edits,
  mayEdit,
  currentItemId,
}: {
  playlist: PlaylistView;
  edits: ReturnType<typeof usePlaylistEdits>;
  mayEdit: boolean;
  currentItemId?: string | undefined;
}) {
  const t = useTranslations("playlist");
  const nameOf = useItemName();
  const scroller = useScroller();
  const { items } = playlist;
  const pictureOf = useNestedPictures(items);
  const [openId, setOpen] = useState<string | null>(null);
  const opened = items.find((item) => item.id === openId);
  const keys = useMemo(() => items.map((item) => item.id), [items]);
  const place = (key: string) => keys.indexOf(key) + 1;
  const name = (key: string) => nameOf(items.find((item) => item.id === key));
  const text: SortableText = {
    instructions: t("drag.instructions"),
    picked: (key) => t("drag.picked", { name: name(key), place: place(key), count: items.length }),
    over: (key, over) => t("drag.over", { name: name(key), place: place(over), count: items.length }),
    dropped: (key, over) => t("drag.dropped", { name: name(key), place: place(over), count: items.length }),
    cancelled: (key) => t("drag.cancelled", { name: name(key), place: place(key) }),
  };
  return (
    <div className="overflow-hidden rounded-lg border bg-raised">
      <SortableList keys={keys} onMove={edits.move} text={text}>
        <VirtualRows
          items={items}
          keyOf={(item) => item.id}
          rowHeight={68}
          gap={0}
          scroller={scroller}
          label={t("items")}
          renderItem={(item, index) => (
            <PlaylistItemRow
              item={item}
              place={index + 1}
              isFirst={index === 0}
              isLast={index === items.length - 1}
              isCurrent={item.id === currentItemId}
              mayEdit={mayEdit}
              pictureUrl={item.playlistId === null ? undefined : pictureOf(item.playlistId)}
              acts={{
                onDuration: (durationMs) => edits.setDuration(item.id, durationMs),
                onEnabled: (isEnabled) => edits.setEnabled(item.id, isEnabled),
                onRemove: () => edits.remove(item),
                onSettings: () => setOpen(item.id),
                onMove: (where) => {
                  const neighbour = neighbourFor(items, item.id, where);
                  if (neighbour) edits.move(item.id, neighbour);
                },
              }}
            />
          )}
        />
      </SortableList>
      {opened ? (
        <Suspense>
          <ItemSettingsDialog
            playlistId={playlist.id}
            item={opened}
            onClose={() => setOpen(null)}
            onSaved={edits.put}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
