import type { AssetView } from "@vitrine/core/model/asset";
import { Checkbox } from "@vitrine/ui/checkbox";
import { cn } from "@vitrine/ui/cn";
import { Badge } from "@vitrine/ui/status";
import { EyeOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { KIND_ICONS } from "./asset-kind.tsx";
import { AssetPicture } from "./asset-picture.tsx";
import { AvailabilityBadge } from "./availability-badge.tsx";
import { useAssetFacts } from "./use-asset-facts.ts";

/** One asset of the grid: its picture opens the details, its box chooses it. */
export function AssetCard({
  asset,
  isOpen,
  isChosen,
  isChoosing,
  onOpen,
  onChoose,
}: {
  asset: AssetView;
  isOpen: boolean;
  isChosen: boolean;
  /** Some asset is chosen: every box is shown. */
  isChoosing: boolean;
  onOpen: () => void;
  onChoose?: ((isChosen: boolean, isShift: boolean) => void) | undefined;
}) {
  const t = useTranslations("content");
  const faults = useTranslations("assetFault");
  const facts = useAssetFacts();
  const Icon = KIND_ICONS[asset.kind];
  return (
    <article
      className={cn(
        "group relative select-none overflow-hidden rounded-lg border bg-raised transition-colors hover:border-control",
        isOpen && "border-accent! ring-1 ring-accent",
        isChosen && "border-accent bg-accent-soft",
      )}
    >
      <button type="button" onClick={onOpen} className="block w-full rounded-lg text-start -outline-offset-2">
        <AssetPicture asset={asset} className="aspect-video w-full border-b" />
        <span className="grid grid-cols-[minmax(0,1fr)] gap-0.5 px-3 py-2">
          <span className="flex min-w-0 items-center gap-2">
            <Icon aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="truncate font-medium">{asset.name}</span>
          </span>
          <span className="tabular block h-4.5 truncate text-muted text-sm">
            {asset.state === "failed"
              ? faults(asset.fault ?? "damaged")
              : facts(asset) || t(`kind.${asset.kind}`)}
          </span>
        </span>
      </button>
      {onChoose ? (
        <Checkbox
          isChecked={isChosen}
          onChange={onChoose}
          label={t("choose", { name: asset.name })}
          className={cn(
            "absolute! start-2 top-2 opacity-0 shadow-lift focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100",
            (isChosen || isChoosing) && "opacity-100",
          )}
        />
      ) : null}
      <span className="pointer-events-none absolute end-2 top-2 flex gap-1">
        <AvailabilityBadge asset={asset} />
        {asset.isEnabled ? null : (
          <Badge icon={<EyeOff aria-hidden />} tone="warning">
            {t("disabled")}
          </Badge>
        )}
        {asset.kind === "video" && asset.durationMs ? (
          <span
            aria-hidden
            className="tabular rounded-sm bg-glass/80 px-1.5 font-medium text-white text-xs leading-5"
          >
            {formatDuration(asset.durationMs)}
          </span>
        ) : null}
      </span>
    </article>
  );
}
