import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Part } from "../../lib/search-params.ts";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { ListFilters } from "../shell/list-filters.tsx";
import { Page } from "../shell/page.tsx";
import { layoutsQuery } from "./layout-queries.ts";
import { LayoutResults } from "./layout-results.tsx";
import { type LayoutsSearch, readLayoutsSearch } from "./layouts-search.ts";

/** All layouts, drawn. */
export function LayoutsPage() {
  const t = useTranslations("layouts");
  const can = useCan();
  const actions = useAppActions();
  const search = useSearch({ from: "/app/layouts" });
  const navigate = useNavigate({ from: "/layouts" });
  const query = useInfiniteQuery(layoutsQuery(search));
  const change = (part: Part<LayoutsSearch>) =>
    void navigate({ search: readLayoutsSearch({ ...search, ...part }), replace: true });
  const create = can("layouts.create") ? (
    <Button variant="primary" onClick={actions.createLayout}>
      <Plus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} purpose={t("purpose")} action={create}>
      <ListFilters list="layouts" search={search} total={query.data?.pages[0]?.total} onChange={change} />
      <LayoutResults
        query={query}
        search={search}
        create={create}
        onClear={() => change({ q: undefined, business: undefined })}
      />
    </Page>
  );
}
