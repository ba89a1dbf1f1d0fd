import { Link } from "@tanstack/react-router";
import type { LayoutView } from "@vitrine/core/model/layout";
import { CalendarDays, Grid2x2, Proportions } from "lucide-react";
import { useTranslations } from "use-intl";
import { LayoutDrawing } from "./layout-drawing.tsx";
import { LayoutMenu } from "./layout-menu.tsx";
import type { PlaylistLook } from "./use-zone-pictures.ts";

/** One layout of the list: its zones with what plays in them, and where it is shown. */
export function LayoutCard({
  layout,
  lookOf,
}: {
  layout: LayoutView;
  lookOf: (playlistId: string | null) => PlaylistLook | undefined;
}) {
  const t = useTranslations("layouts");
  return (
    <article className="relative rounded-lg border bg-raised p-2.5 transition-colors focus-within:border-control hover:border-control">
      <LayoutDrawing
        aspect={layout.aspect}
        zones={layout.zones.map((zone) => ({
          ...zone,
          isMain: zone.id === layout.mainZoneId,
          urls: lookOf(zone.playlistId)?.thumbnailUrls,
        }))}
        className="rounded-md bg-sunken p-2"
      />
      <div className="flex items-start gap-2 px-1 pt-2.5">
        <div className="grid min-w-0 grow gap-1">
          <h2 className="flex min-w-0">
            <Link
              to="/layouts/$layoutId"
              params={{ layoutId: layout.id }}
              className="truncate font-medium outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent-text"
            >
              {layout.name}
            </Link>
          </h2>
          <p className="tabular flex flex-wrap gap-x-3 text-muted text-sm [&_span]:inline-flex [&_span]:items-center [&_span]:gap-1.5 [&_svg]:size-3.5">
            <span>
              <Grid2x2 aria-hidden />
              {t("zones", { count: layout.zones.length })}
            </span>
            <span>
              <Proportions aria-hidden />
              {layout.aspect}
            </span>
            <span>
              <CalendarDays aria-hidden />
              {t("uses", { count: layout.useCount })}
            </span>
          </p>
        </div>
        <div className="relative z-10">
          <LayoutMenu layout={layout} />
        </div>
      </div>
    </article>
  );
}
