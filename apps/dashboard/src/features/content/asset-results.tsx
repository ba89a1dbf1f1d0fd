import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { lazy, Suspense, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { useMore } from "../../lib/use-more.ts";
import { useScroller } from "../shell/page.tsx";
import { AssetCard } from "./asset-card.tsx";
import type { ContentSearch } from "./content-search.ts";
import { useChosen } from "./use-chosen.ts";

const NoAssets = lazy(async () => ({ default: (await import("./no-assets.tsx")).NoAssets }));
const AssetList = lazy(async () => ({ default: (await import("./asset-list.tsx")).AssetList }));
const BulkBar = lazy(async () => ({ default: (await import("./bulk-bar.tsx")).BulkBar }));

/** The list of content in each of its states, with what is chosen and what can be done to it. */
export function AssetResults({
  query,
  search,
  onOpen,
  onChange,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Outputs["assets"]["list"]>>;
  search: ContentSearch;
  onOpen: (assetId: string) => void;
  onChange: (search: ContentSearch) => void;
}) {
  const t = useTranslations("content");
  const more = useMore(query);
  const can = useCan();
  const scroller = useScroller();
  const assets = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const order = useMemo(() => assets.map((asset) => asset.id), [assets]);
  const { chosen, has, choose, chooseAll, clear } = useChosen(order);
  const mayChoose = can("assets.edit") || can("assets.delete");

  if (query.isPending) return <ResultsSkeleton isList={search.view === "list"} />;
  if (query.isError && !query.data) return <QueryError query={query} />;
  if (assets.length === 0) {
    return (
      <Suspense>
        <NoAssets search={search} onChange={onChange} />
      </Suspense>
    );
  }

  const shared = (asset: (typeof assets)[number]) => ({
    asset,
    isOpen: search.asset === asset.id,
    isChosen: has(asset.id),
    onOpen: () => onOpen(asset.id),
    onChoose: mayChoose
      ? (isChosen: boolean, isShift: boolean) => choose(asset.id, isChosen, isShift)
      : undefined,
  });
  return (
    <>
      <StaleNotice query={query} hasData />
      {search.view === "list" ? (
        <Suspense fallback={<ResultsSkeleton isList />}>
          <AssetList assets={assets} more={more} rowOf={shared} />
        </Suspense>
      ) : (
        <VirtualRows
          items={assets}
          keyOf={(asset) => asset.id}
          minCellWidth={208}
          rowHeight={190}
          scroller={scroller}
          label={t("title")}
          more={more}
          renderItem={(asset) => <AssetCard {...shared(asset)} isChoosing={chosen.length > 0} />}
        />
      )}
      {chosen.length > 0 ? (
        <Suspense>
          <BulkBar
            assets={assets.filter((asset) => has(asset.id))}
            isRemovedView={search.removed ?? false}
            onChooseAll={chosen.length < assets.length ? chooseAll : undefined}
            onClear={clear}
          />
        </Suspense>
      ) : null}
    </>
  );
}

function ResultsSkeleton({ isList }: { isList: boolean }) {
  return (
    <Loading>
      {isList ? (
        <div className="grid gap-px overflow-hidden rounded-lg border">
          {Array.from({ length: 8 }, (_, index) => `row-${index}`).map((key) => (
            <div key={key} className="flex h-14 items-center gap-3 px-3">
              <Skeleton className="h-10 w-16" />
              <Skeleton className="h-4 w-56" />
            </div>
          ))}
        </div>
      ) : (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-4">
          {Array.from({ length: 12 }, (_, index) => `card-${index}`).map((key) => (
            <div key={key} className="overflow-hidden rounded-lg border">
              <Skeleton className="aspect-video w-full rounded-none" />
              <div className="grid gap-2 p-3">
                <Skeleton className="h-4 w-3/4" />
                <Skeleton className="h-3 w-1/2" />
              </div>
            </div>
          ))}
        </div>
      )}
    </Loading>
  );
}
