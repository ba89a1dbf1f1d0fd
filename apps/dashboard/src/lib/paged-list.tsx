import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Page } from "@vitrine/core/model/paging";
import { Skeleton } from "@vitrine/ui/skeleton";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LoadMore } from "./load-more.tsx";
import { QueryError, StaleNotice } from "./query-states.tsx";

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
  const common = useTranslations("common");
  if (query.isPending) {
    return (
      <div role="status" className="grid gap-2">
        <span className="sr-only">{common("loading")}</span>
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </div>
    );
  }
  if (!query.data) return <QueryError query={query} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  return (
    <>
      <StaleNotice query={query} hasData />
      {rows.length === 0 ? (
        empty
      ) : (
        <ul aria-label={label} className="rounded-lg border bg-raised">
          {rows.map(children)}
        </ul>
      )}
      <LoadMore query={query} />
    </>
  );
}
