import type { ZoneInput } from "@vitrine/core/model/layout";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { CircleAlert, Clapperboard, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import type { PlaylistLook } from "./use-zone-pictures.ts";
import { ZonePictures } from "./zone-pictures.tsx";

const ShownDialog = lazy(async () => ({ default: (await import("../shown/shown-dialog.tsx")).ShownDialog }));
const PLAYLISTS = ["playlist"] as const;

/** What plays in a zone: the playlist with its pictures, and the way to another one. */
export function ZonePlaylist({
  zone,
  look,
  mayEdit,
  error,
  onChange,
}: {
  zone: ZoneInput;
  look: PlaylistLook | undefined;
  mayEdit: boolean;
  error: string | undefined;
  onChange: (playlistId: string | null) => void;
}) {
  const t = useTranslations("layout");
  const can = useCan();
  const [isPicking, setPicking] = useState(false);
  const playing =
    zone.playlistId === null
      ? null
      : {
          kind: "playlist" as const,
          id: zone.playlistId,
          name: look?.name ?? t("somePlaylist"),
          thumbnailUrl: null,
          isPresent: true,
        };
  const mayPick = mayEdit && can("playlists.view");
  return (
    <fieldset className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
      <legend className="pb-1.5 font-medium">{t("plays")}</legend>
      <div className="flex items-center gap-2 rounded-md border p-1.5">
        <span className="relative grid h-10 w-18 shrink-0 place-items-center overflow-hidden rounded-sm bg-glass text-zinc-400 [&_svg]:size-4">
          <Clapperboard aria-hidden />
          <ZonePictures urls={look?.thumbnailUrls ?? []} isTall={false} />
        </span>
        <span className={`min-w-0 grow truncate ${zone.playlistId === null ? "text-muted" : ""}`}>
          {zone.playlistId === null ? t("nothing") : (look?.name ?? t("somePlaylist"))}
        </span>
        {zone.playlistId !== null && mayEdit ? (
          <IconButton size="sm" label={t("playNothing")} onClick={() => onChange(null)}>
            <X aria-hidden />
          </IconButton>
        ) : null}
        {mayPick ? (
          <Button size="sm" onClick={() => setPicking(true)}>
            {zone.playlistId === null ? t("choose") : t("change")}
          </Button>
        ) : null}
      </div>
      {error ? (
        <p role="alert" className="flex items-center gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="size-3.5" />
          {error}
        </p>
      ) : null}
      {isPicking ? (
        <Suspense>
          <ShownDialog
            title={t("pickTitle", { name: zone.name })}
            kinds={PLAYLISTS}
            chosen={playing}
            onClose={() => setPicking(false)}
            onPick={({ id }) => {
              onChange(id);
              setPicking(false);
            }}
          />
        </Suspense>
      ) : null}
    </fieldset>
  );
}
