import { useInfiniteQuery } from "@tanstack/react-query";
import { cn } from "@vitrine/ui/cn";
import { EmptyState } from "@vitrine/ui/empty-state";
import { FilmStrip } from "@vitrine/ui/film-strip";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Check, Clapperboard } from "lucide-react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { LoadMore } from "../../lib/load-more.tsx";
import { NothingMatches } from "../../lib/nothing-listed.tsx";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import { playlistsQuery } from "./playlist-queries.ts";

/** Playlists to put into another, each with a piece of its film; `placeOf` marks those that are picked. */
export function PlaylistChoices({
  search,
  exceptId,
  placeOf,
  onPick,
  onClear,
}: {
  search: string;
  /** The playlist into which another is put: it is not offered. */
  exceptId: string;
  /** Its place among what is picked, from 0; -1: it is not. */
  placeOf: (playlistId: string) => number;
  onPick: (playlistId: string) => void;
  onClear: () => void;
}) {
  const t = useTranslations("picker");
  const playlistsText = useTranslations("playlists");
  const query = useInfiniteQuery(playlistsQuery({ ...(search ? { q: search } : {}), sort: "name" }));
  if (query.isPending) {
    return (
      <Loading className="grid gap-2">
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
      </Loading>
    );
  }
  if (query.isError && !query.data) return <QueryError query={query} />;
  const playlists =
    query.data?.pages.flatMap((page) => page.rows).filter((playlist) => playlist.id !== exceptId) ?? [];
  if (playlists.length === 0) {
    return search ? (
      <NothingMatches title={t("noPlaylistMatch")} onClear={onClear} />
    ) : (
      <EmptyState icon={<Clapperboard aria-hidden />} title={t("noPlaylists")} />
    );
  }
  return (
    <>
      <ul className="grid gap-2">
        {playlists.map((playlist) => {
          const place = placeOf(playlist.id);
          return (
            <li key={playlist.id}>
              <button
                type="button"
                aria-pressed={place >= 0}
                onClick={() => onPick(playlist.id)}
                className={cn(
                  "flex w-full items-center gap-3 rounded-lg border p-2 text-start transition-colors hover:border-control",
                  place >= 0 && "border-accent ring-1 ring-accent",
                )}
              >
                <span aria-hidden className="w-36 shrink-0 max-sm:w-24">
                  <FilmStrip
                    className="h-12"
                    frames={
                      playlist.thumbnailUrls.length > 0
                        ? playlist.thumbnailUrls.map((imageUrl, index) => ({
                            key: `${index} ${imageUrl}`,
                            weight: 1,
                            imageUrl,
                          }))
                        : [{ key: "none", weight: 1, imageUrl: null, fallback: <Clapperboard aria-hidden /> }]
                    }
                    label={playlist.name}
                  />
                </span>
                <span className="grid min-w-0 grow">
                  <span className="truncate font-medium">{playlist.name}</span>
                  <span className="tabular truncate text-muted text-sm">
                    {playlistsText("items", { count: playlist.itemCount })} ·{" "}
                    {formatDuration(playlist.totalDurationMs)}
                  </span>
                </span>
                {place >= 0 ? (
                  <span className="tabular flex h-6 shrink-0 items-center gap-1 rounded-md bg-accent px-1.5 font-semibold text-on-accent text-xs">
                    <Check aria-hidden className="size-3.5" />
                    {place + 1}
                  </span>
                ) : null}
              </button>
            </li>
          );
        })}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
