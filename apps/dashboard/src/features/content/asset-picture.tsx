import type { AssetView } from "@vitrine/core/model/asset";
import { cn } from "@vitrine/ui/cn";
import { LoaderCircle, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { KIND_ICONS } from "./asset-kind.tsx";

type Pictured = Pick<AssetView, "kind" | "state" | "thumbnailUrl" | "isEnabled" | "name">;

/** What an asset looks like: its thumbnail, or in words and shape why there is none. */
export function AssetPicture({
  asset,
  isSmall = false,
  className,
}: {
  asset: Pictured;
  isSmall?: boolean;
  className?: string;
}) {
  const t = useTranslations("content");
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  const Icon = KIND_ICONS[asset.kind];
  const isWorking = asset.state === "pending" || asset.state === "processing";
  const hasPicture = asset.thumbnailUrl !== null && asset.thumbnailUrl !== brokenUrl;
  return (
    <div className={cn("relative grid place-items-center overflow-hidden", "bg-sunken", className)}>
      {hasPicture && asset.thumbnailUrl ? (
        <img
          src={asset.thumbnailUrl}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBrokenUrl(asset.thumbnailUrl)}
          className={cn(
            "absolute inset-0 size-full object-contain",
            !asset.isEnabled && "opacity-40 grayscale",
          )}
        />
      ) : asset.state === "failed" ? (
        <Stand
          icon={<TriangleAlert aria-hidden className="text-danger" />}
          words={t("state.failed")}
          isSmall={isSmall}
        />
      ) : isWorking ? (
        <Stand
          icon={<LoaderCircle aria-hidden className="animate-spin text-muted" />}
          words={t(`state.${asset.state}`)}
          isSmall={isSmall}
        />
      ) : (
        <Icon aria-hidden className="size-6 text-muted" />
      )}
    </div>
  );
}

function Stand({ icon, words, isSmall }: { icon: ReactNode; words: string; isSmall: boolean }) {
  return (
    <span className="grid justify-items-center gap-1.5 text-muted text-sm [&_svg]:size-5">
      {icon}
      {isSmall ? <span className="sr-only">{words}</span> : words}
    </span>
  );
}
