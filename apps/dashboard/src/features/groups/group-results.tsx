import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { GroupView } from "@vitrine/core/model/group";
import type { Page } from "@vitrine/core/model/paging";
import { Skeleton } from "@vitrine/ui/skeleton";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import { Group } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loading } from "../../lib/query-states.tsx";
import { ListResults } from "../shell/list-results.tsx";
import { useScroller } from "../shell/page.tsx";
import { GroupRow } from "./group-row.tsx";
import type { GroupsSearch } from "./groups-search.ts";

/** The groups that match, in each state of the view. */
export function GroupResults({
  query,
  search,
  create,
  onClear,
  onOpen,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<GroupView>>>;
  search: GroupsSearch;
  create: ReactNode;
  onClear: () => void;
  onOpen: (groupId: string) => void;
}) {
  const t = useTranslations("groups");
  const scroller = useScroller();
  const loading = (
    <Loading className="grid gap-px overflow-hidden rounded-lg border">
      {["a", "b", "c", "d"].map((key) => (
        <div key={key} className="flex h-16 items-center gap-3 px-4">
          <Skeleton className="size-9" />
          <Skeleton className="h-4 w-48" />
        </div>
      ))}
    </Loading>
  );
  return (
    <ListResults
      list="groups"
      icon={<Group aria-hidden />}
      query={query}
      search={search}
      create={create}
      onClear={onClear}
      loading={loading}
    >
      {(groups, more) => (
        <div className="overflow-hidden rounded-lg border bg-raised *:-mt-px">
          <VirtualRows
            items={groups}
            keyOf={(group) => group.id}
            rowHeight={64}
            gap={0}
            scroller={scroller}
            label={t("title")}
            renderItem={(group) => (
              <GroupRow group={group} isOpen={group.id === search.group} onOpen={() => onOpen(group.id)} />
            )}
            more={more}
          />
        </div>
      )}
    </ListResults>
  );
}
