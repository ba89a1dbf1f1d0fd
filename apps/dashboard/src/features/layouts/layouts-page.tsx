import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Plus, Trash2 } from "lucide-react";
import { lazy, Suspense } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { Page } from "../shell/page.tsx";
import { layoutsQuery } from "./layout-queries.ts";
import { LayoutResults } from "./layout-results.tsx";
import type { LayoutsSearch } from "./layouts-search.ts";

const BusinessFilter = lazy(async () => ({
  default: (await import("../businesses/business-filter.tsx")).BusinessFilter,
}));

/** All layouts, drawn. */
export function LayoutsPage() {
  const t = useTranslations("layouts");
  const format = useFormatter();
  const can = useCan();
  const actions = useAppActions();
  const search = useSearch({ from: "/app/layouts" });
  const navigate = useNavigate({ from: "/layouts" });
  const query = useInfiniteQuery(layoutsQuery(search));
  const change = (next: LayoutsSearch) => void navigate({ search: next, replace: true });
  const { q: _q, ...withoutText } = search;
  const { business: _business, ...withoutBusiness } = search;
  const { q: _, ...asUsual } = withoutBusiness;
  const total = query.data?.pages[0]?.total;
  const create = can("layouts.create") ? (
    <Button variant="primary" onClick={actions.createLayout}>
      <Plus aria-hidden />
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
      <LayoutResults query={query} search={search} create={create} onClear={() => change(asUsual)} />
    </Page>
  );
}
