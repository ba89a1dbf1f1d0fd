import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { Status } from "@vitrine/ui/status";
import { LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";

/** What a line is, or why it does not play. */
export function ItemNote({ item }: { item: PlaylistItemView }) {
  const t = useTranslations("playlist");
  const kinds = useTranslations("content");
  const { asset, playlist } = item;
  if (!asset) {
    if (!playlist?.isActive) return <Warn>{t("note.playlistRemoved")}</Warn>;
    if (!item.isEnabled) return <Plain>{t("note.off")}</Plain>;
    if (item.effectiveDurationMs === 0) return <Warn>{t("note.playlistEmpty")}</Warn>;
    return <Plain>{t("note.playlist", { count: playlist.itemCount })}</Plain>;
  }
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
  return <Plain>{item.isEnabled ? kinds(`kind.${asset.kind}`) : t("note.off")}</Plain>;
}

function Plain({ children }: { children: string }) {
  return <p className="truncate text-muted text-sm">{children}</p>;
}

function Warn({ children }: { children: string }) {
  return (
    <Status tone="warning" icon={<TriangleAlert aria-hidden />}>
      {children}
    </Status>
  );
}
