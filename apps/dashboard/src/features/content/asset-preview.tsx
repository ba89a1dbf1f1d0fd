import { useQueryClient } from "@tanstack/react-query";
import type { AssetView } from "@vitrine/core/model/asset";
import { Button } from "@vitrine/ui/button";
import { Notice } from "@vitrine/ui/notice";
import { ExternalLink, LoaderCircle, RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { AssetPicture } from "./asset-picture.tsx";

/** An asset as it is: the picture, the film with controls, the page's picture and address; or why there is none. */
export function AssetPreview({ asset }: { asset: AssetView }) {
  const t = useTranslations("content");
  const faults = useTranslations("assetFault");
  const can = useCan();
  const queryClient = useQueryClient();
  const retry = useAct(() => api.assets.retry.mutate({ id: asset.id }), {
    settled: () => void queryClient.invalidateQueries({ queryKey: ["asset"] }),
  });
  if (asset.state === "failed") {
    return (
      <Notice
        tone="danger"
        icon={<TriangleAlert aria-hidden />}
        action={
          can("assets.edit") ? (
            <Button size="sm" isBusy={retry.isPending} onClick={() => retry.mutate(undefined)}>
              <RotateCw aria-hidden />
              {t("retry")}
            </Button>
          ) : null
        }
      >
        <p className="font-medium">{t("failedTitle")}</p>
        <p className="text-sm">{faults(asset.fault ?? "damaged")}</p>
      </Notice>
    );
  }
  if (asset.state !== "ready") {
    return (
      <Notice tone="accent" icon={<LoaderCircle aria-hidden className="animate-spin" />}>
        <p className="font-medium">{t(`state.${asset.state}`)}</p>
        <p className="text-sm">{t("processingHint")}</p>
      </Notice>
    );
  }
  if (asset.kind === "video" && asset.fileUrl) {
    return (
      <video
        src={asset.fileUrl}
        controls
        preload="metadata"
        {...(asset.thumbnailUrl ? { poster: asset.thumbnailUrl } : {})}
        aria-label={asset.name}
        className="max-h-80 w-full rounded-md border bg-glass"
      />
    );
  }
  if (asset.kind === "image" && asset.fileUrl) {
    return (
      <img
        src={asset.fileUrl}
        alt={asset.name}
        {...(asset.width && asset.height ? { width: asset.width, height: asset.height } : {})}
        className="checker mx-auto h-auto max-h-80 w-auto max-w-full rounded-md border"
      />
    );
  }
  return (
    <div className="grid gap-2">
      <AssetPicture asset={asset} className="aspect-video w-full rounded-md border" />
      {asset.url ? (
        <a
          href={asset.url}
          target="_blank"
          rel="noreferrer"
          className="flex min-w-0 items-center gap-1.5 text-accent-text underline-offset-4 hover:underline"
        >
          <span className="truncate">{asset.url}</span>
          <ExternalLink aria-hidden className="size-3.5 shrink-0" />
        </a>
      ) : null}
    </div>
  );
}
