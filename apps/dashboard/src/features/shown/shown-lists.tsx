import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { AssetPicture } from "../content/asset-picture.tsx";
import { assetsQuery } from "../content/asset-queries.ts";
import { useAssetFacts } from "../content/use-asset-facts.ts";
import { LayoutDrawing } from "../layouts/layout-drawing.tsx";
import { layoutsQuery } from "../layouts/layout-queries.ts";
import { ZonePictures } from "../layouts/zone-pictures.tsx";
import { playlistsQuery } from "../playlists/playlist-queries.ts";
import { type CardProps, ShownCards } from "./shown-cards.tsx";
import { SHOWN_ICONS } from "./shown-picture.tsx";

type ListProps = CardProps & { search: string; areReady: boolean };

/** The list of each kind, whose cards show what it looks like. */
export const SHOWN_LISTS = { asset: Assets, playlist: Playlists, layout: Layouts };

function Assets({ search, areReady, ...cards }: ListProps) {
  const facts = useAssetFacts();
  const query = useInfiniteQuery(
    assetsQuery({
      search: search || undefined,
      removed: false,
      sort: "newest",
      ...(areReady ? { state: "ready" } : {}),
    }),
  );
  const options = query.data?.pages.flatMap(({ rows }) =>
    rows
      .filter(({ state }) => state !== "failed")
      .map((asset) => ({
        content: {
          kind: "asset" as const,
          id: asset.id,
          name: asset.name,
          thumbnailUrl: asset.thumbnailUrl,
          isPresent: true,
        },
        picture: <AssetPicture asset={asset} isSmall className="size-full" />,
        facts: facts(asset),
      })),
  );
  return <ShownCards query={query} options={options} isSearch={search !== ""} {...cards} />;
}

function Playlists({ search, areReady: _, ...cards }: ListProps) {
  const t = useTranslations("playlists");
  const query = useInfiniteQuery(playlistsQuery({ ...(search ? { q: search } : {}), sort: "name" }));
  const options = query.data?.pages.flatMap(({ rows }) =>
    rows.map(({ id, name, thumbnailUrls, itemCount, totalDurationMs }) => ({
      content: {
        kind: "playlist" as const,
        id,
        name,
        thumbnailUrl: thumbnailUrls[0] ?? null,
        isPresent: true,
      },
      picture: (
        <>
          <SHOWN_ICONS.playlist aria-hidden className="size-6 text-muted" />
          <ZonePictures urls={thumbnailUrls} isTall={false} />
        </>
      ),
      facts: `${t("items", { count: itemCount })} · ${formatDuration(totalDurationMs)}`,
    })),
  );
  return <ShownCards query={query} options={options} isSearch={search !== ""} {...cards} />;
}

function Layouts({ search, areReady: _, ...cards }: ListProps) {
  const t = useTranslations("layouts");
  const query = useInfiniteQuery(layoutsQuery(search ? { q: search } : {}));
  const options = query.data?.pages.flatMap(({ rows }) =>
    rows.map(({ id, name, aspect, zones, mainZoneId }) => ({
      content: { kind: "layout" as const, id, name, thumbnailUrl: null, isPresent: true },
      picture: (
        <LayoutDrawing
          aspect={aspect}
          areNamesShown={false}
          zones={zones.map((zone) => ({ ...zone, isMain: zone.id === mainZoneId }))}
          className="p-2"
        />
      ),
      facts: `${t("zones", { count: zones.length })} · ${aspect}`,
    })),
  );
  return <ShownCards query={query} options={options} isSearch={search !== ""} {...cards} />;
}
