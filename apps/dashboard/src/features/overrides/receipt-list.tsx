import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReceiptState } from "@vitrine/core/model/entry";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Status, type Tone } from "@vitrine/ui/status";
import { CircleCheck, Download, Hourglass, type LucideIcon, WifiOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { LoadMore } from "../../lib/load-more.tsx";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { receiptsQuery } from "./override-queries.ts";

const LOOK: Record<ReceiptState, { tone: Tone; icon: LucideIcon }> = {
  on_glass: { tone: "success", icon: CircleCheck },
  received: { tone: "accent", icon: Download },
  waiting: { tone: "neutral", icon: Hourglass },
  offline: { tone: "danger", icon: WifiOff },
};

/** What became of an override on each of its screens. */
export function ReceiptList({ id, label }: { id: string; label: string }) {
  const t = useTranslations("runningOverride");
  const query = useInfiniteQuery(receiptsQuery(id));
  if (query.isPending) {
    return (
      <Loading className="grid gap-2 p-4">
        <Skeleton className="h-5" />
        <Skeleton className="h-5 w-3/4" />
      </Loading>
    );
  }
  if (query.isError && !query.data) return <QueryError query={query} />;
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="grid gap-2 p-2">
      <StaleNotice query={query} hasData />
      <ul
        aria-label={label}
        className="grid max-h-80 grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-x-4 overflow-y-auto"
      >
        {rows.map(({ deviceId, name, state }) => {
          const { tone, icon: Icon } = LOOK[state];
          return (
            <li key={deviceId} className="flex min-h-8 items-center gap-3 rounded-md px-2">
              <Link
                to="/screens/$deviceId"
                params={{ deviceId }}
                className="min-w-0 grow truncate underline-offset-4 hover:underline"
              >
                {name}
              </Link>
              <Status tone={tone} icon={<Icon aria-hidden />} className="shrink-0">
                {t(`state.${state}`)}
              </Status>
            </li>
          );
        })}
      </ul>
      <LoadMore query={query} size="sm" />
    </div>
  );
}
