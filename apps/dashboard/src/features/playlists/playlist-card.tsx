import { Link } from "@tanstack/react-router";
import type { PlaylistSummary } from "@vitrine/core/model/playlist";
import { FilmStrip } from "@vitrine/ui/film-strip";
import { Badge } from "@vitrine/ui/status";
import { Clock, Layers, MonitorPlay, Star } from "lucide-react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { PlaylistMenu } from "./playlist-menu.tsx";

/** One playlist of the list: a piece of its film, its length, and where it plays. */
export function PlaylistCard({ playlist }: { playlist: PlaylistSummary }) {
  const t = useTranslations("playlists");
  const frames = playlist.thumbnailUrls.map((imageUrl, index) => ({
    key: `${index}-${imageUrl}`,
    weight: 1,
    imageUrl,
  }));
  const length = formatDuration(playlist.totalDurationMs);
  return (
    <article className="relative rounded-lg border bg-raised p-2.5 transition-colors focus-within:border-control hover:border-control">
      <FilmStrip
        className="h-22"
        frames={
          frames.length > 0 ? frames : [{ key: "none", weight: 1, imageUrl: null, fallback: t("noFrames") }]
        }
        label={t("stripLabel", { count: playlist.itemCount, length })}
      />
      <div className="flex items-start gap-2 px-1 pt-2.5">
        <div className="grid min-w-0 grow gap-1">
          <h2 className="flex min-w-0 items-center gap-2">
            <Link
              to="/playlists/$playlistId"
              params={{ playlistId: playlist.id }}
              className="truncate font-medium outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent-text"
            >
              {playlist.name}
            </Link>
            {playlist.isDefault ? (
              <Badge tone="accent" icon={<Star aria-hidden />} className="shrink-0">
                {t("default")}
              </Badge>
            ) : null}
          </h2>
          <p className="tabular flex flex-wrap gap-x-3 text-muted text-sm [&_span]:inline-flex [&_span]:items-center [&_span]:gap-1.5 [&_svg]:size-3.5">
            <span>
              <Clock aria-hidden />
              {length}
            </span>
            <span>
              <Layers aria-hidden />
              {t("items", { count: playlist.itemCount })}
            </span>
            <span>
              <MonitorPlay aria-hidden />
              {t("screens", { count: playlist.deviceCount })}
            </span>
          </p>
        </div>
        <div className="relative z-10">
          <PlaylistMenu playlist={playlist} />
        </div>
      </div>
    </article>
  );
}
