import { useQuery } from "@tanstack/react-query";
import type { PlaylistItemView } from "@vitrine/core/model/playlist";
import { Badge } from "@vitrine/ui/status";
import { Clock, Repeat, Scissors } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { daypartChoicesQuery } from "../settings/dayparts-queries.ts";
import { useItemName } from "./use-item-name.ts";

/** What is out of the ordinary about a line: how often, how much of it, and when. Nothing while it is plain. */
export function ItemSettings({
  item,
  onOpen,
}: {
  item: PlaylistItemView;
  onOpen?: (() => void) | undefined;
}) {
  const t = useTranslations("playlist");
  const nameOf = useItemName();
  const dayparts = useQuery({ ...daypartChoicesQuery, enabled: item.daypartIds.length > 0 });
  const names = item.daypartIds.map(
    (id) => dayparts.data?.find((daypart) => daypart.id === id)?.name ?? t("settings.oneDaypart"),
  );
  const marks: [icon: ReactNode, words: string][] = [];
  if (item.weight > 1)
    marks.push([<Repeat key="often" aria-hidden />, t("mark.weight", { count: item.weight })]);
  if (item.take !== null)
    marks.push([<Scissors key="take" aria-hidden />, t("mark.take", { count: item.take })]);
  if (names.length > 0) marks.push([<Clock key="when" aria-hidden />, names.join(", ")]);
  if (marks.length === 0) return null;
  const badges = marks.map(([icon, words]) => (
    <Badge key={words} tone="accent" icon={icon} className="max-w-48">
      {words}
    </Badge>
  ));
  if (!onOpen) return <span className="flex min-w-0 flex-wrap gap-1">{badges}</span>;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex min-h-6 min-w-0 flex-wrap items-center gap-1 rounded-sm"
    >
      <span className="sr-only">{t("settings.openNamed", { name: nameOf(item) })}</span>
      {badges}
    </button>
  );
}
