import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Select } from "@vitrine/ui/select";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { Clapperboard, ListPlus, Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { useMore } from "../../lib/load-more.tsx";
import { NothingListed } from "../../lib/nothing-listed.tsx";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { Page, useScroller } from "../shell/page.tsx";
import { PlaylistCard } from "./playlist-card.tsx";
import { playlistsQuery } from "./playlist-queries.ts";
import type { PlaylistsSearch } from "./playlists-search.ts";

const BusinessFilter = lazy(async () => ({
  default: (await import("../businesses/business-filter.tsx")).BusinessFilter,
}));

/** What plays in a row, as film strips. */
export function PlaylistsPage() {
  const t = useTranslations("playlists");
  const format = useFormatter();
  const can = useCan();
  const actions = useAppActions();
  const search = useSearch({ from: "/app/playlists" });
  const navigate = useNavigate({ from: "/playlists" });
  const query = useInfiniteQuery(playlistsQuery(search));
  const change = useCallback(
    (next: PlaylistsSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const { q: _, ...withoutText } = search;
  const { business: _business, ...withoutBusiness } = search;
  const { q: _q, ...asUsual } = withoutBusiness;
  const total = query.data?.pages[0]?.total;
  const create = can("playlists.create") ? (
    <Button variant="primary" onClick={actions.createPlaylist}>
      <ListPlus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} purpose={t("purpose")} action={create}>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          value={search.q ?? ""}
          label={t("search")}
          onChange={(q) => change(q ? { ...withoutText, q } : withoutText)}
        />
        <Suspense>
          <BusinessFilter
            value={search.business}
            onChange={(business) => change(business ? { ...withoutBusiness, business } : withoutBusiness)}
          />
        </Suspense>
        <Select
          label={t("sortLabel")}
          className="w-auto min-w-32"
          value={search.sort ?? "newest"}
          onChange={(sort) => {
            const { sort: _sort, ...rest } = search;
            change(sort === "name" ? { ...rest, sort } : rest);
          }}
          options={[
            { value: "newest", label: t("sort.newest") },
            { value: "name", label: t("sort.name") },
          ]}
        />
        <IconButton
          variant="secondary"
          label={t("removedLabel")}
          aria-pressed={search.removed ?? false}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
          onClick={() => {
            const { removed, ...rest } = search;
            change(removed ? rest : { ...rest, removed: true });
          }}
        >
          <Trash2 aria-hidden />
        </IconButton>
        <p className="tabular ms-auto text-muted text-sm" aria-live="polite">
          {total === undefined ? "" : t("total", { count: total, shown: format.number(total) })}
        </p>
      </div>
      <Results query={query} search={search} create={create} onClear={() => change(asUsual)} />
    </Page>
  );
}

function Results({
  query,
  search,
  create,
  onClear,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Outputs["playlists"]["list"]>>;
  search: PlaylistsSearch;
  create: ReactNode;
  onClear: () => void;
}) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const scroller = useScroller();
  const more = useMore(query);
  if (query.isPending) {
    return (
      <div role="status" className="grid grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] gap-4">
        <span className="sr-only">{common("loading")}</span>
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <div key={key} className="grid gap-3 rounded-lg border p-3">
            <Skeleton className="h-20" />
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-3 w-1/3" />
          </div>
        ))}
      </div>
    );
  }
  if (query.isError && !query.data) return <QueryError query={query} />;
  const playlists = query.data?.pages.flatMap((page) => page.rows) ?? [];
  if (playlists.length === 0) {
    return (
      <NothingListed
        list="playlists"
        icon={<Clapperboard aria-hidden />}
        isNarrowed={Boolean(search.q || search.business)}
        isRemoved={search.removed}
        isOfBusinesses
        onClear={onClear}
        action={create}
      />
    );
  }
  return (
    <>
      <StaleNotice query={query} hasData />
      <VirtualRows
        items={playlists}
        keyOf={(playlist) => playlist.id}
        minCellWidth={288}
        rowHeight={168}
        scroller={scroller}
        label={t("title")}
        renderItem={(playlist) => <PlaylistCard playlist={playlist} />}
        more={more}
      />
    </>
  );
}
