import { cn } from "@vitrine/ui/cn";
import { Star, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Draft } from "./layout-draft.ts";
import type { LayoutFault } from "./layout-faults.ts";
import type { PlaylistLook } from "./use-zone-pictures.ts";

/** The zones from the uppermost down: also those that another hides. */
export function ZoneList({
  draft,
  faults,
  selectedId,
  lookOf,
  onSelect,
}: {
  draft: Draft;
  faults: readonly LayoutFault[];
  selectedId: string | null;
  lookOf: (playlistId: string | null) => PlaylistLook | undefined;
  onSelect: (id: string) => void;
}) {
  const t = useTranslations("layout");
  return (
    <section aria-label={t("zones")} className="rounded-lg border bg-raised p-2">
      <h2 className="flex items-baseline gap-2 px-2 pt-1.5 pb-2 font-semibold">
        {t("zones")}
        <span className="font-normal text-muted text-sm">{t("zonesOrder")}</span>
      </h2>
      <ul>
        {draft.zones.toReversed().map((zone) => (
          <li key={zone.id}>
            <button
              type="button"
              aria-current={zone.id === selectedId}
              onClick={() => onSelect(zone.id)}
              className={cn(
                "flex min-h-9 w-full items-center gap-2 rounded-md px-2 text-start hover:bg-hover",
                zone.id === selectedId && "bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <span className="min-w-0 shrink-0 basis-2/5 truncate font-medium">{zone.name}</span>
              <span className="min-w-0 grow truncate text-muted text-sm">
                {zone.playlistId === null ? t("nothing") : (lookOf(zone.playlistId)?.name ?? "")}
              </span>
              {faults.some((fault) => fault.zoneId === zone.id) ? (
                <TriangleAlert aria-label={t("hasFault")} className="size-4 shrink-0 text-danger" />
              ) : null}
              {zone.id === draft.mainZoneId ? (
                <Star aria-label={t("isMain")} className="size-4 shrink-0 text-accent-text" />
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
