import { keepPreviousData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { Dialog } from "@vitrine/ui/dialog";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Tabs } from "@vitrine/ui/tabs";
import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import { AssetPicture } from "../content/asset-picture.tsx";
import { assetsQuery } from "../content/asset-queries.ts";
import { playlistsQuery } from "../playlists/playlist-queries.ts";
import { CONTENT_ICONS } from "./content-icons.ts";
import type { Chosen } from "./entry-values.ts";

type Option = { chosen: Chosen; picture: ReactNode };
type PanelProps = { search: string; chosen: Chosen | null; onPick: (chosen: Chosen) => void };

/** Picks what an entry shows by its picture: content, a playlist or a layout. */
export function ContentPicker({
  chosen,
  onPick,
  onClose,
}: {
  chosen: Chosen | null;
  onPick: (chosen: Chosen) => void;
  onClose: () => void;
}) {
  const t = useTranslations("entry");
  const common = useTranslations("common");
  const can = useCan();
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState<Chosen["kind"]>(chosen?.kind ?? "playlist");
  const panel = { search, chosen, onPick };
  const tabs = [
    { value: "playlist", label: t("playlists"), panel: <Playlists {...panel} />, may: can("playlists.view") },
    { value: "asset", label: t("assets"), panel: <Assets {...panel} />, may: can("assets.view") },
    { value: "layout", label: t("layouts"), panel: <Layouts {...panel} />, may: can("layouts.view") },
  ] as const;
  return (
    <Dialog isOpen onClose={onClose} size="lg" title={t("chooseTitle")} closeLabel={common("close")}>
      <div className="grid min-h-[26rem] content-start gap-4">
        <SearchBox value={search} label={t("find")} onChange={setSearch} />
        <Tabs value={kind} onChange={setKind} label={t("chooseTitle")} tabs={tabs.filter((tab) => tab.may)} />
      </div>
    </Dialog>
  );
}

function Playlists({ search, ...rest }: PanelProps) {
  const query = useInfiniteQuery(playlistsQuery({ ...(search ? { q: search } : {}), sort: "name" }));
  const options = query.data?.pages.flatMap((page) =>
    page.rows.map(({ id, name, thumbnailUrls }): Option => {
      const thumbnailUrl = thumbnailUrls[0] ?? null;
      return {
        chosen: { kind: "playlist", id, name, thumbnailUrl, isPresent: true },
        picture: <Pictures urls={thumbnailUrls} />,
      };
    }),
  );
  return <Options query={query} options={options} isSearch={search !== ""} {...rest} />;
}

function Assets({ search, ...rest }: PanelProps) {
  const query = useInfiniteQuery(
    assetsQuery({ search: search || undefined, removed: false, sort: "newest" }),
  );
  const options = query.data?.pages.flatMap((page) =>
    page.rows
      .filter((asset) => asset.state !== "failed")
      .map((asset): Option => {
        const { id, name, thumbnailUrl } = asset;
        return {
          chosen: { kind: "asset", id, name, thumbnailUrl, isPresent: true },
          picture: <AssetPicture asset={asset} isSmall className="size-full" />,
        };
      }),
  );
  return <Options query={query} options={options} isSearch={search !== ""} {...rest} />;
}

function Layouts({ search, ...rest }: PanelProps) {
  const query = useInfiniteQuery({
    queryKey: ["layout", "picker", search],
    queryFn: ({ pageParam, signal }) =>
      api.layouts.list.query({ search: search || undefined, cursor: pageParam, limit: 48 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const options = query.data?.pages.flatMap((page) =>
    page.rows.map(
      ({ id, name, zones }): Option => ({
        chosen: { kind: "layout", id, name, thumbnailUrl: null, isPresent: true },
        picture: (
          <span className="absolute inset-2">
            {zones.map((zone) => (
              <span
                key={zone.id}
                className="absolute rounded-xs border border-control bg-raised"
                style={{
                  insetInlineStart: `${zone.left * 100}%`,
                  top: `${zone.top * 100}%`,
                  width: `${zone.width * 100}%`,
                  height: `${zone.height * 100}%`,
                }}
              />
            ))}
          </span>
        ),
      }),
    ),
  );
  return <Options query={query} options={options} isSearch={search !== ""} {...rest} />;
}

function Pictures({ urls }: { urls: readonly string[] }) {
  const Icon = CONTENT_ICONS.playlist;
  if (urls.length === 0) return <Icon aria-hidden className="size-6 text-muted" />;
  return (
    <span className="absolute inset-0 flex gap-px">
      {urls.slice(0, 3).map((url) => (
        <img key={url} src={url} alt="" loading="lazy" className="h-full min-w-0 grow basis-0 object-cover" />
      ))}
    </span>
  );
}

function Options({
  query,
  options,
  isSearch,
  chosen,
  onPick,
}: {
  query: UseInfiniteQueryResult<unknown>;
  options: readonly Option[] | undefined;
  isSearch: boolean;
  chosen: Chosen | null;
  onPick: (chosen: Chosen) => void;
}) {
  const t = useTranslations("entry");
  const common = useTranslations("common");
  if (query.isError && !options) return <QueryError query={query} />;
  if (!options) {
    return (
      <div role="status" className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        <span className="sr-only">{common("loading")}</span>
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-28" />
        ))}
      </div>
    );
  }
  if (options.length === 0) {
    return <p className="py-8 text-center text-muted">{isSearch ? t("findNothing") : t("nothing")}</p>;
  }
  return (
    <div className="grid gap-3">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        {options.map((option) => {
          const isChosen = chosen?.kind === option.chosen.kind && chosen.id === option.chosen.id;
          return (
            <li key={option.chosen.id}>
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onPick(option.chosen)}
                className={cn(
                  "relative block w-full overflow-hidden rounded-lg border text-start transition-colors hover:border-control",
                  isChosen && "border-accent ring-1 ring-accent",
                )}
              >
                <span className="relative grid aspect-video w-full place-items-center overflow-hidden border-b bg-sunken">
                  {option.picture}
                </span>
                <span className="block truncate px-2 py-1.5 font-medium text-sm">{option.chosen.name}</span>
                {isChosen ? (
                  <span className="absolute end-1.5 top-1.5 grid size-6 place-items-center rounded-md bg-accent text-on-accent">
                    <Check aria-hidden className="size-3.5" />
                  </span>
                ) : null}
              </button>
            </li>
          );
        })}
      </ul>
      {query.hasNextPage ? (
        <Button
          className="justify-self-center"
          isBusy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common("loadMore")}
        </Button>
      ) : null}
    </div>
  );
}
