import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Page } from "@vitrine/core/model/paging";
import type { ReactNode } from "react";
import { QueryError, StaleNotice } from "./query-states.tsx";
import { useMore } from "./use-more.ts";

/** What a paged list finds, in each state that it can be in; `more` is for rows that fetch on as they are scrolled. */
export function Results<Row>({
  query,
  loading,
  nothing,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  /** Stands there while the first page is on its way. */
  loading: ReactNode;
  /** Stands in place of rows where there are none. */
  nothing: ReactNode;
  children: (rows: Row[], more: ReturnType<typeof useMore>) => ReactNode;
}) {
  const more = useMore(query);
  if (query.isPending) return loading;
  if (!query.data) return <QueryError query={query} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  return (
    <>
      <StaleNotice query={query} hasData />
      {rows.length === 0 ? nothing : children(rows, more)}
    </>
  );
}
