import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { SortableRow } from "@vitrine/ui/sortable-list";
import { Switch } from "@vitrine/ui/switch";
import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { AssetPicture } from "../content/asset-picture.tsx";
import { DurationBox } from "./duration-box.tsx";
import { ItemNote } from "./item-note.tsx";
import { ItemSettings } from "./item-settings.tsx";
import { PlaylistItemMenu } from "./playlist-item-menu.tsx";
import { PlaylistStack } from "./playlist-stack.tsx";
import { useItemName } from "./use-item-name.ts";

/** What can be done to a line. */
export type ItemActs = {
  onDuration: (durationMs: number | null) => void;
  onEnabled: (isEnabled: boolean) => void;
  onRemove: () => void;
  onMove: (where: "up" | "down" | "top" | "end") => void;
  onSettings: () => void;
};

/** One line of a playlist: an asset, or a playlist within it as a stack. */
export function PlaylistItemRow({
  item,
  place,
  isFirst,
  isLast,
  isCurrent,
  mayEdit,
  pictureUrl,
  acts,
}: {
  item: PlaylistItemView;
  place: number;
  isFirst: boolean;
  isLast: boolean;
  isCurrent: boolean;
  mayEdit: boolean;
  /** Of a playlist within: its first picture. */
  pictureUrl: string | undefined;
  acts: ItemActs;
}) {
  const t = useTranslations("playlist");
  const { asset, playlist } = item;
  const name = useItemName()(item);
  const pictureClass = cn(
    "h-12 w-20 shrink-0 max-sm:h-9 max-sm:w-12",
    !item.isEnabled && "opacity-40 grayscale",
  );
  return (
    <SortableRow
      id={item.id}
      isDisabled={!mayEdit}
      handleLabel={t("moveItem", { name, place })}
      className={cn(
        "min-h-17 px-2 py-2",
        !isFirst && "border-t",
        isCurrent && "bg-accent-soft",
        !mayEdit && "ps-3",
      )}
    >
      {asset ? (
        <AssetPicture asset={asset} isSmall className={cn("rounded-sm border", pictureClass)} />
      ) : (
        <PlaylistStack count={playlist?.itemCount ?? 0} pictureUrl={pictureUrl} className={pictureClass} />
      )}
      <div className="grid min-w-0 grow gap-0.5 ps-1">
        <p className={cn("truncate font-medium", !item.isEnabled && "text-muted line-through")}>{name}</p>
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <ItemNote item={item} />
          <ItemSettings item={item} onOpen={mayEdit ? acts.onSettings : undefined} />
        </div>
      </div>
      {mayEdit && asset ? (
        <DurationBox item={item} onChange={acts.onDuration} />
      ) : (
        <span className={cn("tabular shrink-0 text-muted", mayEdit && "w-18 text-center sm:w-20")}>
          {formatDuration(item.effectiveDurationMs)}
        </span>
      )}
      {mayEdit ? (
        <>
          <span className="max-sm:hidden">
            <Switch isOn={item.isEnabled} onChange={acts.onEnabled} label={t("playItem", { name })} />
          </span>
          <IconButton
            label={t("removeNamed", { name })}
            onClick={acts.onRemove}
            className="text-muted hover:text-danger max-sm:hidden"
          >
            <Trash2 aria-hidden />
          </IconButton>
          <PlaylistItemMenu item={item} isFirst={isFirst} isLast={isLast} acts={acts} />
        </>
      ) : null}
    </SortableRow>
  );
}
