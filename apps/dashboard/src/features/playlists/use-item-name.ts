import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { useTranslations } from "use-intl";

/** What the content of an item is called, also where this person does not see it. */
export function useItemName(): (item: Pick<PlaylistItemView, "asset" | "playlist"> | undefined) => string {
  const t = useTranslations("shown");
  return (item) => (item ? (item.asset?.name ?? item.playlist?.name ?? t("unseen")) : "");
}
