import { useNavigate } from "@tanstack/react-router";
import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { SortableRow } from "@vitrine/ui/sortable-list";
import { Status } from "@vitrine/ui/status";
import { Switch } from "@vitrine/ui/switch";
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Ellipsis,
  Eye,
  EyeOff,
  LoaderCircle,
  PanelRightOpen,
  Trash2,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { AssetPicture } from "../content/asset-picture.tsx";
import { DurationBox } from "./duration-box.tsx";

/** One line of a playlist. */
export function PlaylistItemRow({
  item,
  place,
  isFirst,
  isLast,
  isCurrent,
  mayEdit,
  onDuration,
  onEnabled,
  onRemove,
  onMove,
}: {
  item: PlaylistItemView;
  place: number;
  isFirst: boolean;
  isLast: boolean;
  isCurrent: boolean;
  mayEdit: boolean;
  onDuration: (durationMs: number | null) => void;
  onEnabled: (isEnabled: boolean) => void;
  onRemove: () => void;
  onMove: (where: "up" | "down" | "top" | "end") => void;
}) {
  const t = useTranslations("playlist");
  const navigate = useNavigate();
  const { asset } = item;
  return (
    <SortableRow
      id={item.id}
      isDisabled={!mayEdit}
      handleLabel={t("moveItem", { name: asset.name, place })}
      className={cn(
        "min-h-17 px-2 py-2",
        !isFirst && "border-t",
        isCurrent && "bg-accent-soft",
        !mayEdit && "ps-3",
      )}
    >
      <AssetPicture
        asset={asset}
        isSmall
        className={cn(
          "h-12 w-20 shrink-0 rounded-sm border max-sm:h-9 max-sm:w-12",
          !item.isEnabled && "opacity-40 grayscale",
        )}
      />
      <div className="grid min-w-0 grow ps-1">
        <p className={cn("truncate font-medium", !item.isEnabled && "text-muted line-through")}>
          {asset.name}
        </p>
        <ItemNote item={item} />
      </div>
      {mayEdit ? (
        <DurationBox item={item} onChange={onDuration} />
      ) : (
        <span className="tabular text-muted">{formatDuration(item.effectiveDurationMs)}</span>
      )}
      {mayEdit ? (
        <>
          <span className="max-sm:hidden">
            <Switch isOn={item.isEnabled} onChange={onEnabled} label={t("playItem", { name: asset.name })} />
          </span>
          <IconButton
            label={t("removeNamed", { name: asset.name })}
            onClick={onRemove}
            className="text-muted hover:text-danger max-sm:hidden"
          >
            <Trash2 aria-hidden />
          </IconButton>
          <Menu
            trigger={
              <IconButton label={t("itemActions", { name: asset.name })}>
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem
              icon={<PanelRightOpen aria-hidden />}
              onSelect={() => void navigate({ to: "/content", search: { asset: item.assetId } })}
            >
              {t("showContent")}
            </MenuItem>
            <MenuItem
              icon={item.isEnabled ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
              onSelect={() => onEnabled(!item.isEnabled)}
            >
              {item.isEnabled ? t("leaveOut") : t("letPlay")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem isDisabled={isFirst} icon={<ArrowUp aria-hidden />} onSelect={() => onMove("up")}>
              {t("moveUp")}
            </MenuItem>
            <MenuItem isDisabled={isLast} icon={<ArrowDown aria-hidden />} onSelect={() => onMove("down")}>
              {t("moveDown")}
            </MenuItem>
            <MenuItem
              isDisabled={isFirst}
              icon={<ArrowUpToLine aria-hidden />}
              onSelect={() => onMove("top")}
            >
              {t("moveTop")}
            </MenuItem>
            <MenuItem
              isDisabled={isLast}
              icon={<ArrowDownToLine aria-hidden />}
              onSelect={() => onMove("end")}
            >
              {t("moveEnd")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={onRemove}>
              {t("removeItem")}
            </MenuItem>
          </Menu>
        </>
      ) : null}
    </SortableRow>
  );
}

function ItemNote({ item }: { item: PlaylistItemView }) {
  const t = useTranslations("playlist");
  const kinds = useTranslations("content");
  const { asset } = item;
  if (!asset.isActive) return <Warn>{t("note.removed")}</Warn>;
  if (asset.state === "failed") return <Warn>{t("note.failed")}</Warn>;
  if (asset.state !== "ready") {
    return (
      <Status tone="accent" icon={<LoaderCircle aria-hidden className="animate-spin" />}>
        {t("note.processing")}
      </Status>
    );
  }
  if (!asset.isEnabled) return <Warn>{t("note.assetOff")}</Warn>;
  return (
    <p className="truncate text-muted text-sm">
      {item.isEnabled ? kinds(`kind.${asset.kind}`) : t("note.off")}
    </p>
  );
}

function Warn({ children }: { children: string }) {
  return (
    <Status tone="warning" icon={<TriangleAlert aria-hidden />}>
      {children}
    </Status>
  );
}
