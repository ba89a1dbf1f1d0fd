import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import { Page } from "../shell/page.tsx";
import { groupChoicesQuery, groupsQuery } from "./group-queries.ts";
import { GroupResults } from "./group-results.tsx";
import type { GroupsSearch } from "./groups-search.ts";
import { ScreensTabs } from "./screens-tabs.tsx";

const GroupPanel = lazy(async () => ({ default: (await import("./group-panel.tsx")).GroupPanel }));
const BusinessFilter = lazy(async () => ({
  default: (await import("../businesses/business-filter.tsx")).BusinessFilter,
}));
const GroupNameDialog = lazy(async () => ({
  default: (await import("./group-name-dialog.tsx")).GroupNameDialog,
}));

/** Groups of screens, with the screens of one of them beside the list. */
export function GroupsPage() {
  const t = useTranslations("groups");
  const format = useFormatter();
  const can = useCan();
  const search = useSearch({ from: "/app/screens/groups" });
  const navigate = useNavigate({ from: "/screens/groups" });
  const query = useInfiniteQuery(groupsQuery(search));
  const [isCreating, setCreating] = useState(false);
  const change = (next: GroupsSearch) => void navigate({ search: next, replace: true });
  const { q: _q, ...withoutText } = search;
  const { business: _business, ...withoutBusiness } = search;
  const { q: _, ...asUsual } = withoutBusiness;
  const { group: _group, ...closed } = search;
  const groups = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const listed = groups.find((group) => group.id === search.group);
  const all = useQuery({
    ...groupChoicesQuery,
    enabled: search.group !== undefined && !listed && !query.isPending,
  });
  const opened = listed ?? all.data?.find((group) => group.id === search.group);
  const total = query.data?.pages[0]?.total;
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
            <GroupPanel key={opened.id} group={opened} onClose={() => change(closed)} />
          </Suspense>
        ) : null
      }
    >
      <ScreensTabs />
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
        <IconButton
          variant="secondary"
          label={t("removedLabel")}
          aria-pressed={search.removed ?? false}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
          onClick={() => {
            const { removed, ...rest } = closed;
            change(removed ? rest : { ...rest, removed: true });
          }}
        >
          <Trash2 aria-hidden />
        </IconButton>
        <p className="tabular ms-auto text-muted text-sm" aria-live="polite">
          {total === undefined ? "" : t("total", { count: total, shown: format.number(total) })}
        </p>
      </div>
      <GroupResults
        query={query}
        search={search}
        create={create}
        onClear={() => change(asUsual)}
        onOpen={(group) => change({ ...search, group })}
      />
      {isCreating ? (
        <Suspense>
          <GroupNameDialog
            group={null}
            onClose={() => setCreating(false)}
            onDone={(group) => change({ group: group.id })}
          />
        </Suspense>
      ) : null}
    </Page>
  );
}
