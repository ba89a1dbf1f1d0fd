import type { AssetView } from "@vitrine/core/model/asset";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { useBytes } from "../../lib/use-bytes.ts";

/** The short facts of an asset in one line: pixels, length, size; or its host. */
export function useAssetFacts(): (asset: AssetView) => string {
  const bytes = useBytes();
  const t = useTranslations("content");
  return (asset) => {
    if (asset.url !== null) return URL.parse(asset.url)?.host ?? asset.url;
    return [
      asset.width && asset.height ? t("pixels", { width: asset.width, height: asset.height }) : "",
      asset.durationMs ? formatDuration(asset.durationMs) : "",
      asset.sizeBytes ? bytes(asset.sizeBytes) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  };
}
