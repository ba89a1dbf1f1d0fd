import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { Part } from "../../lib/search-params.ts";
import { useCan } from "../../lib/session.ts";
import { ListFilters } from "../shell/list-filters.tsx";
import { Page } from "../shell/page.tsx";
import { groupChoicesQuery, groupsQuery } from "./group-queries.ts";
import { GroupResults } from "./group-results.tsx";
import { type GroupsSearch, readGroupsSearch } from "./groups-search.ts";
import { ScreensTabs } from "./screens-tabs.tsx";

const GroupPanel = lazy(async () => ({ default: (await import("./group-panel.tsx")).GroupPanel }));
const GroupNameDialog = lazy(async () => ({
  default: (await import("./group-name-dialog.tsx")).GroupNameDialog,
}));

/** Groups of screens, with the screens of one of them beside the list. */
export function GroupsPage() {
  const t = useTranslations("groups");
  const can = useCan();
  const search = useSearch({ from: "/app/screens/groups" });
  const navigate = useNavigate({ from: "/screens/groups" });
  const query = useInfiniteQuery(groupsQuery(search));
  const [isCreating, setCreating] = useState(false);
  const go = (next: GroupsSearch) => void navigate({ search: next, replace: true });
  const change = (part: Part<GroupsSearch>) => go(readGroupsSearch({ ...search, ...part }));
  const groups = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const listed = groups.find((group) => group.id === search.group);
  const all = useQuery({
    ...groupChoicesQuery,
    enabled: search.group !== undefined && !listed && !query.isPending,
  });
  const opened = listed ?? all.data?.find((group) => group.id === search.group);
  const create = can("devices.edit") ? (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Page
      title={t("title")}
      purpose={t("purpose")}
      action={create}
      aside={
        opened ? (
          <Suspense>
            <GroupPanel key={opened.id} group={opened} onClose={() => change({ group: undefined })} />
          </Suspense>
        ) : null
      }
    >
      <ScreensTabs />
      <ListFilters
        list="groups"
        search={search}
        total={query.data?.pages[0]?.total}
        onChange={(part) => change("removed" in part ? { ...part, group: undefined } : part)}
      />
      <GroupResults
        query={query}
        search={search}
        create={create}
        onClear={() => change({ q: undefined, business: undefined })}
        onOpen={(group) => change({ group })}
      />
      {isCreating ? (
        <Suspense>
          <GroupNameDialog
            group={null}
            onClose={() => setCreating(false)}
            onDone={(group) => go({ group: group.id })}
          />
        </Suspense>
      ) : null}
    </Page>
  );
}
