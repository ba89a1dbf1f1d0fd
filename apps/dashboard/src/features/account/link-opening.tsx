import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useTranslations } from "use-intl";
import { QueryError } from "../../lib/query-states.tsx";

/** In place of what a link opens, while that is asked for or could not be read. */
export function LinkOpening({ opened }: { opened: UseQueryResult<unknown> }) {
  const common = useTranslations("common");
  if (opened.isError) return <QueryError query={opened} />;
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">{common("loading")}</span>
      <Skeleton className="h-18" />
      <Skeleton className="h-8" />
      <Skeleton className="h-10" />
    </div>
  );
}
