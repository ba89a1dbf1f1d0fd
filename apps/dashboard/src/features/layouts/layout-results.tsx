import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { LayoutView } from "@vitrine/core/model/layout";
import type { Page } from "@vitrine/core/model/paging";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { LayoutTemplate } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loading } from "../../lib/query-states.tsx";
import { ListResults } from "../shell/list-results.tsx";
import { useScroller } from "../shell/page.tsx";
import { LayoutCard } from "./layout-card.tsx";
import type { LayoutsSearch } from "./layouts-search.ts";
import { useZonePictures } from "./use-zone-pictures.ts";

/** The layouts that match, in each state of the view. */
export function LayoutResults({
  query,
  search,
  create,
  onClear,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<LayoutView>>>;
  search: LayoutsSearch;
  create: ReactNode;
  onClear: () => void;
}) {
  const t = useTranslations("layouts");
  const scroller = useScroller();
  const lookOf = useZonePictures([]);
  const loading = (
    <Loading className="grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-4">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="grid gap-3 rounded-lg border p-2.5">
          <Skeleton className="aspect-video" />
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-3 w-2/3" />
        </div>
      ))}
    </Loading>
  );
  return (
    <ListResults
      list="layouts"
      icon={<LayoutTemplate aria-hidden />}
      query={query}
      search={search}
      create={create}
      onClear={onClear}
      loading={loading}
    >
      {(layouts, more) => (
        <VirtualRows
          items={layouts}
          keyOf={(layout) => layout.id}
          minCellWidth={272}
          rowHeight={240}
          scroller={scroller}
          label={t("title")}
          renderItem={(layout) => <LayoutCard layout={layout} lookOf={lookOf} />}
          more={more}
        />
      )}
    </ListResults>
  );
}
