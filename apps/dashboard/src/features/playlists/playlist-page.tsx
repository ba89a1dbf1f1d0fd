import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Skeleton } from "@vitrine/ui/skeleton";
import { ChevronLeft } from "lucide-react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import { enPlaylist } from "../../messages/en-playlist.ts";
import { Page } from "../shell/page.tsx";
import { PlaylistEditor } from "./playlist-editor.tsx";
import { playlistQuery } from "./playlist-queries.ts";

/** One playlist: its film, its items, and what it looks like on a screen. */
export function PlaylistPage() {
  return (
    <MoreMessages messages={enPlaylist}>
      <OnePlaylist />
    </MoreMessages>
  );
}

function OnePlaylist() {
  const t = useTranslations("playlist");
  const { playlistId } = useParams({ from: "/app/playlists/$playlistId" });
  const navigate = useNavigate();
  const playlist = useQuery(playlistQuery(playlistId));
  if (playlist.data) {
    return (
      <PlaylistEditor
        key={playlistId}
        playlist={playlist.data}
        query={playlist}
        onRemoved={() => void navigate({ to: "/playlists" })}
      />
    );
  }
  return (
    <Page
      title={t("title")}
      heading={
        <div className="grid gap-1">
          <BackToPlaylists />
          <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        </div>
      }
    >
      {playlist.isError ? (
        <QueryError query={playlist} />
      ) : (
        <Loading className="grid gap-5">
          <Skeleton className="h-24 w-full" />
          <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
            <div className="grid gap-px">
              {["a", "b", "c", "d", "e"].map((key) => (
                <Skeleton key={key} className="h-16 w-full" />
              ))}
            </div>
            <Skeleton className="aspect-video w-full" />
          </div>
        </Loading>
      )}
    </Page>
  );
}

/** The way back to the list. */
export function BackToPlaylists() {
  const t = useTranslations("playlist");
  return (
    <Link to="/playlists" className="flex w-fit items-center gap-1 text-muted text-sm hover:text-text">
      <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
      {t("back")}
    </Link>
  );
}
