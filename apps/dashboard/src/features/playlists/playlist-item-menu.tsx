import { useNavigate } from "@tanstack/react-router";
import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Ellipsis,
  Eye,
  EyeOff,
  PanelRightOpen,
  SlidersHorizontal,
  Trash2,
} from "lucide-react";
import { useTranslations } from "use-intl";
import type { ItemActs } from "./playlist-item-row.tsx";
import { useItemName } from "./use-item-name.ts";

/** Everything that can be done to a line, also without dragging. */
export function PlaylistItemMenu({
  item,
  isFirst,
  isLast,
  acts,
}: {
  item: PlaylistItemView;
  isFirst: boolean;
  isLast: boolean;
  acts: ItemActs;
}) {
  const t = useTranslations("playlist");
  const nameOf = useItemName();
  const navigate = useNavigate();
  const show = () => {
    if (item.assetId) void navigate({ to: "/content", search: { asset: item.assetId } });
    else if (item.playlistId)
      void navigate({ to: "/playlists/$playlistId", params: { playlistId: item.playlistId } });
  };
  return (
    <Menu
      trigger={
        <IconButton label={t("itemActions", { name: nameOf(item) })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<SlidersHorizontal aria-hidden />} onSelect={acts.onSettings}>
        {t("settings.open")}
      </MenuItem>
      <MenuItem icon={<PanelRightOpen aria-hidden />} onSelect={show}>
        {item.asset ? t("showContent") : t("openPlaylist")}
      </MenuItem>
      <MenuItem
        icon={item.isEnabled ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        onSelect={() => acts.onEnabled(!item.isEnabled)}
      >
        {item.isEnabled ? t("leaveOut") : t("letPlay")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem isDisabled={isFirst} icon={<ArrowUp aria-hidden />} onSelect={() => acts.onMove("up")}>
        {t("moveUp")}
      </MenuItem>
      <MenuItem isDisabled={isLast} icon={<ArrowDown aria-hidden />} onSelect={() => acts.onMove("down")}>
        {t("moveDown")}
      </MenuItem>
      <MenuItem isDisabled={isFirst} icon={<ArrowUpToLine aria-hidden />} onSelect={() => acts.onMove("top")}>
        {t("moveTop")}
      </MenuItem>
      <MenuItem
        isDisabled={isLast}
        icon={<ArrowDownToLine aria-hidden />}
        onSelect={() => acts.onMove("end")}
      >
        {t("moveEnd")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={acts.onRemove}>
        {t("removeItem")}
      </MenuItem>
    </Menu>
  );
}
