import type { AssetView } from "@vitrine/core/model/asset";
import { Checkbox } from "@vitrine/ui/checkbox";
import { cn } from "@vitrine/ui/cn";
import { Badge } from "@vitrine/ui/status";
import { EyeOff, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { KIND_ICONS } from "./asset-kind.tsx";
import { AssetPicture } from "./asset-picture.tsx";
import { AvailabilityBadge } from "./availability-badge.tsx";
import { useAssetFacts } from "./use-asset-facts.ts";

/** One asset of the list. */
export function AssetRow({
  asset,
  isOpen,
  isChosen,
  onOpen,
  onChoose,
}: {
  asset: AssetView;
  isOpen: boolean;
  isChosen: boolean;
  onOpen: () => void;
  onChoose?: ((isChosen: boolean, isShift: boolean) => void) | undefined;
}) {
  const t = useTranslations("content");
  const faults = useTranslations("assetFault");
  const format = useFormatter();
  const facts = useAssetFacts();
  const Icon = KIND_ICONS[asset.kind];
  return (
    <div
      className={cn(
        "flex h-14 items-center gap-3 border-t px-3 hover:bg-hover",
        (isChosen || isOpen) && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      {onChoose ? (
        <Checkbox isChecked={isChosen} onChange={onChoose} label={t("choose", { name: asset.name })} />
      ) : null}
      <button
        type="button"
        onClick={onOpen}
        className="flex h-full min-w-0 grow items-center gap-3 rounded-md text-start -outline-offset-2"
      >
        <AssetPicture asset={asset} isSmall className="h-10 w-16 shrink-0 rounded-sm border" />
        <span className="grid min-w-0 grow">
          <span className="flex min-w-0 items-center gap-2">
            <Icon aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="truncate font-medium">{asset.name}</span>
            <AvailabilityBadge asset={asset} />
            {asset.isEnabled ? null : (
              <Badge icon={<EyeOff aria-hidden />} tone="warning">
                {t("disabled")}
              </Badge>
            )}
          </span>
          {asset.state === "failed" ? (
            <span className="flex items-center gap-1.5 truncate text-danger text-sm">
              <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">{faults(asset.fault ?? "damaged")}</span>
            </span>
          ) : (
            <span className="tabular truncate text-muted text-sm">
              {facts(asset) || t(`state.${asset.state}`)}
            </span>
          )}
        </span>
        <span className="hidden w-48 shrink-0 justify-end gap-1 overflow-hidden lg:flex">
          {asset.tags.slice(0, 3).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
        <span className="tabular hidden w-28 shrink-0 text-end text-muted text-sm md:block">
          {format.dateTime(new Date(asset.createdAt), { dateStyle: "medium" })}
        </span>
      </button>
    </div>
  );
}
