import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { ChevronDown, Upload } from "lucide-react";
import { lazy, Suspense, useCallback } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { RoomLeft } from "../plan/room-left.tsx";
import { useAppActions } from "../shell/app-actions.tsx";
import { MenuOnDemand } from "../shell/menu-on-demand.tsx";
import { Page } from "../shell/page.tsx";
import { assetsQuery } from "./asset-queries.ts";
import { AssetResults } from "./asset-results.tsx";
import { ContentFilters } from "./content-filters.tsx";
import { type ContentSearch, filterOf } from "./content-search.ts";

const loadAddMenu = () => import("./add-content-menu.tsx");
const AssetPanel = lazy(async () => ({ default: (await import("./asset-panel.tsx")).AssetPanel }));

/** All that can be put on screens: found, sorted, added, and each one's details beside the list. */
export function ContentPage() {
  const t = useTranslations("content");
  const can = useCan();
  const actions = useAppActions();
  const search = useSearch({ from: "/app/content" });
  const navigate = useNavigate({ from: "/content" });
  const assets = useInfiniteQuery(assetsQuery(filterOf(search)));
  const change = useCallback(
    (next: ContentSearch, isStep = false) => void navigate({ search: next, replace: !isStep }),
    [navigate],
  );
  const open = useCallback(
    (asset: string | undefined) =>
      void navigate({
        search: ({ asset: _, ...rest }) => (asset ? { ...rest, asset } : rest),
        replace: true,
      }),
    [navigate],
  );
  return (
    <Page
      title={t("title")}
      purpose={t("purpose")}
      action={
        can("assets.create") ? (
          <>
            <RoomLeft thing="assets" />
            <RoomLeft thing="storage" />
            <div className="flex">
              <Button variant="primary" className="rounded-e-none" onClick={actions.addContent}>
                <Upload aria-hidden />
                {t("add")}
              </Button>
              <MenuOnDemand
                load={loadAddMenu}
                trigger={
                  <Button
                    variant="primary"
                    aria-label={t("addMore")}
                    className="rounded-s-none border-on-accent/30 border-s px-1.5"
                  >
                    <ChevronDown aria-hidden />
                  </Button>
                }
              />
            </div>
          </>
        ) : null
      }
      aside={
        search.asset ? (
          <Suspense>
            <AssetPanel key={search.asset} assetId={search.asset} onClose={() => open(undefined)} />
          </Suspense>
        ) : null
      }
    >
      <ContentFilters search={search} total={assets.data?.pages[0]?.total} onChange={change} />
      <AssetResults query={assets} search={search} onOpen={open} onChange={change} />
    </Page>
  );
}
