import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { ScrollText } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { NothingMatches } from "../../lib/nothing-listed.tsx";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useMore } from "../../lib/use-more.ts";
import { useScroller } from "../shell/page.tsx";
import { auditQuery } from "./audit-queries.ts";
import { AuditLine } from "./audit-row.tsx";
import { type AuditSearch, isFiltered } from "./audit-search.ts";

const SKELETON = ["a", "b", "c", "d", "e", "f"];

/** Events that match, newest first, for as far back as one scrolls. */
export function AuditResults({ search, onClear }: { search: AuditSearch; onClear: () => void }) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const scroller = useScroller();
  const query = useInfiniteQuery(auditQuery(search));
  const more = useMore(query);
  if (query.isPending) {
    return (
      <Loading className="grid gap-2">
        {SKELETON.map((key) => (
          <Skeleton key={key} className="h-12" />
        ))}
      </Loading>
    );
  }
  if (!query.data) return <QueryError query={query} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  const searchedTo = query.data.pages.at(-1)?.searchedTo ?? null;
  return (
    <>
      <StaleNotice query={query} hasData />
      {rows.length > 0 ? (
        <div className="overflow-clip rounded-lg border bg-raised [&_li:first-child>a]:border-t-transparent">
          <VirtualRows
            items={rows}
            keyOf={(event) => `${event.sequence}`}
            rowHeight={49}
            gap={0}
            scroller={scroller}
            label={t("title")}
            renderItem={(event) => <AuditLine event={event} isOpen={event.sequence === search.event} />}
            more={searchedTo === null ? more : undefined}
          />
        </div>
      ) : searchedTo === null ? (
        <Nothing search={search} onClear={onClear} />
      ) : null}
      {searchedTo === null ? null : (
        <div className="flex flex-wrap items-center justify-center gap-3 text-muted">
          <p>
            {t("partial", {
              time: format.dateTime(new Date(searchedTo), { dateStyle: "medium", timeStyle: "short" }),
            })}
          </p>
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("searchOn")}
          </Button>
        </div>
      )}
    </>
  );
}

function Nothing({ search, onClear }: { search: AuditSearch; onClear: () => void }) {
  const t = useTranslations("audit");
  if (!isFiltered(search)) {
    return (
      <EmptyState icon={<ScrollText aria-hidden />} title={t("emptyTitle")}>
        {t("empty")}
      </EmptyState>
    );
  }
  return (
    <NothingMatches title={t("noMatchTitle")} onClear={onClear}>
      {t("noMatch")}
    </NothingMatches>
  );
}
