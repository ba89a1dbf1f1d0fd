import { useQuery } from "@tanstack/react-query";
import { PLAYLIST_ORDERS, type PlaylistView } from "@vitrine/core/model/playlist";
import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { FilmStrip } from "@vitrine/ui/film-strip";
import { Notice } from "@vitrine/ui/notice";
import { Segments } from "@vitrine/ui/segments";
import { Badge } from "@vitrine/ui/status";
import { ArrowDownNarrowWide, Clapperboard, Plus, Shuffle, Star, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { formatDuration } from "../../lib/duration.ts";
import { StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { MoveToBusiness } from "../businesses/move-to-business.tsx";
import type { PassHead } from "../preview/preview-plan.ts";
import { Page } from "../shell/page.tsx";
import { AddItemsDialog } from "./add-items-dialog.tsx";
import { FadeChoice } from "./fade-choice.tsx";
import { cycleMs, isPlayable } from "./item-content.ts";
import { PlaylistItems } from "./playlist-items.tsx";
import { PlaylistMenu } from "./playlist-menu.tsx";
import { PlaylistName } from "./playlist-name.tsx";
import { BackToPlaylists } from "./playlist-page.tsx";
import { playlistPreviewQuery } from "./playlist-queries.ts";
import { PlaylistUse } from "./playlist-use.tsx";
import { stripFraction, stripFrames } from "./strip-frames.tsx";
import { useNestedPictures } from "./use-nested-pictures.ts";
import { usePlaylistEdits } from "./use-playlist-edits.ts";

const LoopPreview = lazy(async () => ({
  default: (await import("../preview/loop-preview.tsx")).LoopPreview,
}));

/** Changes a playlist and shows what comes of it. */
export function PlaylistEditor({
  playlist,
  query,
  onRemoved,
}: {
  playlist: PlaylistView;
  query: Parameters<typeof StaleNotice>[0]["query"];
  onRemoved: () => void;
}) {
  const t = useTranslations("playlist");
  const can = useCan();
  const edits = usePlaylistEdits(playlist);
  const [isAdding, setAdding] = useState(false);
  const [head, setHead] = useState<PassHead | null>(null);
  const openAdd = () => {
    edits.forgetAddError();
    setAdding(true);
  };
  const mayEdit = can("playlists.edit") && playlist.isActive;
  const playing = playlist.items.filter(isPlayable);
  const totalMs = playing.reduce((sum, item) => sum + cycleMs(item), 0);
  const silent = playlist.items.length - playing.length;
  const pictureOf = useNestedPictures(playlist.items);
  const preview = useQuery({ ...playlistPreviewQuery(playlist.id), enabled: playing.length > 0 });
  return (
    <Page
      title={playlist.name}
      heading={
        <div className="grid gap-1">
          <BackToPlaylists />
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <PlaylistName playlist={playlist} mayEdit={mayEdit} />
            {playlist.isDefault ? (
              <Badge tone="accent" icon={<Star aria-hidden />}>
                {t("default")}
              </Badge>
            ) : null}
          </div>
        </div>
      }
      purpose={
        <span className="tabular">
          {t("summary", {
            items: playlist.items.length,
            screens: playlist.deviceCount,
            length: formatDuration(totalMs),
          })}
        </span>
      }
      action={
        <>
          {mayEdit ? (
            <Button variant="primary" onClick={openAdd}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
          ) : null}
          <PlaylistMenu playlist={playlist} onRemoved={onRemoved} />
        </>
      }
    >
      <StaleNotice query={query} hasData />
      <div className="max-w-sm empty:hidden">
        <MoveToBusiness
          businessId={playlist.businessId}
          head="playlist"
          isDisabled={!mayEdit}
          move={(businessId) => api.playlists.update.mutate({ id: playlist.id, businessId })}
        />
      </div>
      {playlist.isActive ? null : (
        <Notice tone="warning" icon={<Trash2 aria-hidden />}>
          {t("isRemoved")}
        </Notice>
      )}
      {playlist.items.length === 0 ? (
        <EmptyState
          icon={<Clapperboard aria-hidden />}
          title={t("emptyTitle")}
          action={
            mayEdit ? (
              <Button variant="primary" onClick={openAdd}>
                <Plus aria-hidden />
                {t("add")}
              </Button>
            ) : null
          }
        >
          {t("empty")}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {mayEdit ? (
              <Segments
                label={t("orderLabel")}
                value={playlist.order}
                onChange={edits.setOrder}
                options={PLAYLIST_ORDERS.map((value) => ({ value, label: <OrderLabel order={value} /> }))}
              />
            ) : null}
            {mayEdit ? <FadeChoice fadeMs={playlist.fadeMs} onChange={edits.setFade} /> : null}
            <p className="text-muted text-sm">
              {t(`orderHint.${playlist.order}`)} {t(playlist.fadeMs === 0 ? "fade.hint" : "fade.hintFade")}
            </p>
          </div>
          <FilmStrip
            className="h-24"
            frames={
              playing.length > 0
                ? stripFrames(playlist.items, head?.itemId, pictureOf)
                : [{ key: "none", weight: 1, imageUrl: null, fallback: t("nothingPlays") }]
            }
            label={t("stripLabel", { count: playing.length, length: formatDuration(totalMs) })}
            headFraction={head ? stripFraction(playlist.items, head) : undefined}
          />
          <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem] 3xl:grid-cols-[minmax(0,1fr)_36rem]">
            <section aria-label={t("items")} className="order-2 grid min-w-0 gap-3 xl:order-1">
              {silent > 0 ? <p className="text-muted text-sm">{t("silent", { count: silent })}</p> : null}
              <PlaylistItems
                playlist={playlist}
                edits={edits}
                mayEdit={mayEdit}
                currentItemId={head?.itemId}
              />
            </section>
            <section
              aria-label={t("preview")}
              className="order-1 grid min-w-0 gap-5 xl:sticky xl:top-5 xl:order-2"
            >
              <Suspense>
                <LoopPreview query={preview} isEmpty={playing.length === 0} onHead={setHead} />
              </Suspense>
              <PlaylistUse playlistId={playlist.id} />
            </section>
          </div>
        </>
      )}
      {isAdding ? (
        <AddItemsDialog
          onClose={() => setAdding(false)}
          isBusy={edits.isAdding}
          playlistId={playlist.id}
          error={edits.addError}
          onAdd={async (assetIds, playlistIds) => {
            await edits.add(assetIds, playlistIds);
            setAdding(false);
          }}
        />
      ) : null}
    </Page>
  );
}

function OrderLabel({ order }: { order: PlaylistView["order"] }) {
  const t = useTranslations("playlist");
  const Icon = order === "shuffle" ? Shuffle : ArrowDownNarrowWide;
  return (
    <>
      <Icon aria-hidden />
      {t(`order.${order}`)}
    </>
  );
}
