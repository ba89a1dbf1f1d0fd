import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Page } from "@vitrine/core/model/paging";
import { Skeleton } from "@vitrine/ui/skeleton";
import type { ReactNode } from "react";
import { LoadMore } from "./load-more.tsx";
import { Loading } from "./query-states.tsx";
import { Results } from "./results.tsx";

/** Rows in a box, a page at a time, in each state that such a list can be in. */
export function PagedList<Row>({
  query,
  label,
  empty,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  label: string;
  empty: ReactNode;
  children: (row: Row) => ReactNode;
}) {
  const loading = (
    <Loading className="grid gap-2">
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
    </Loading>
  );
  return (
    <Results query={query} loading={loading} nothing={empty}>
      {(rows) => (
        <>
          <ul aria-label={label} className="rounded-lg border bg-raised">
            {rows.map(children)}
          </ul>
          <LoadMore query={query} />
        </>
      )}
    </Results>
  );
}
