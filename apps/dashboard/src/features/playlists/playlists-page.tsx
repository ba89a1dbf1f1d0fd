import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { Select } from "@vitrine/ui/select";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { Clapperboard, ListPlus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { Loading } from "../../lib/query-states.tsx";
import type { Part } from "../../lib/search-params.ts";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { ListFilters } from "../shell/list-filters.tsx";
import { ListResults } from "../shell/list-results.tsx";
import { Page, useScroller } from "../shell/page.tsx";
import { PlaylistCard } from "./playlist-card.tsx";
import { playlistsQuery } from "./playlist-queries.ts";
import { type PlaylistsSearch, readPlaylistsSearch } from "./playlists-search.ts";

/** What plays in a row, as film strips. */
export function PlaylistsPage() {
  const t = useTranslations("playlists");
  const can = useCan();
  const actions = useAppActions();
  const search = useSearch({ from: "/app/playlists" });
  const navigate = useNavigate({ from: "/playlists" });
  const query = useInfiniteQuery(playlistsQuery(search));
  const change = (part: Part<PlaylistsSearch>) =>
    void navigate({ search: readPlaylistsSearch({ ...search, ...part }), replace: true });
  const create = can("playlists.create") ? (
    <Button variant="primary" onClick={actions.createPlaylist}>
      <ListPlus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} purpose={t("purpose")} action={create}>
      <ListFilters list="playlists" search={search} total={query.data?.pages[0]?.total} onChange={change}>
        <Select
          label={t("sortLabel")}
          className="w-auto min-w-32"
          value={search.sort ?? "newest"}
          onChange={(sort) => change({ sort: sort === "name" ? sort : undefined })}
          options={[
            { value: "newest", label: t("sort.newest") },
            { value: "name", label: t("sort.name") },
          ]}
        />
      </ListFilters>
      <PlaylistResults
        query={query}
        search={search}
        create={create}
        onClear={() => change({ q: undefined, business: undefined })}
      />
    </Page>
  );
}

function PlaylistResults({
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
  const scroller = useScroller();
  const loading = (
    <Loading className="grid grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] gap-4">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="grid gap-3 rounded-lg border p-3">
          <Skeleton className="h-20" />
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-3 w-1/3" />
        </div>
      ))}
    </Loading>
  );
  return (
    <ListResults
      list="playlists"
      icon={<Clapperboard aria-hidden />}
      query={query}
      search={search}
      create={create}
      onClear={onClear}
      loading={loading}
    >
      {(playlists, more) => (
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
      )}
    </ListResults>
  );
}
