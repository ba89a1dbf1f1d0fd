import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Loading, QueryError } from "../../lib/query-states.tsx";

/** In place of what a link opens, while that is asked for or could not be read. */
export function LinkOpening({ opened }: { opened: UseQueryResult<unknown> }) {
  if (opened.isError) return <QueryError query={opened} />;
  return (
    <Loading className="grid gap-4">
      <Skeleton className="h-18" />
      <Skeleton className="h-8" />
      <Skeleton className="h-10" />
    </Loading>
  );
}
