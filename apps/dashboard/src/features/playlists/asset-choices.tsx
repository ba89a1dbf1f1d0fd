import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { cn } from "@vitrine/ui/cn";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Check, Images, Upload } from "lucide-react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { LoadMore } from "../../lib/load-more.tsx";
import { NothingMatches } from "../../lib/nothing-listed.tsx";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { AssetPicture } from "../content/asset-picture.tsx";
import { assetsQuery } from "../content/asset-queries.ts";
import type { AssetFilter } from "../content/content-search.ts";
import { useAssetFacts } from "../content/use-asset-facts.ts";
import { useAppActions } from "../shell/app-actions.tsx";

/** Content to pick by its picture; `only` narrows what is offered. */
export function AssetChoices({
  search,
  only = {},
  emptyText,
  picked,
  onToggle,
  onClear,
  onLeave,
}: {
  search: string;
  only?: Pick<AssetFilter, "kind" | "state">;
  /** Where there is nothing at all to pick. */
  emptyText?: string;
  picked: readonly string[];
  onToggle: (id: string) => void;
  onClear: () => void;
  onLeave: () => void;
}) {
  const t = useTranslations("picker");
  const can = useCan();
  const actions = useAppActions();
  const facts = useAssetFacts();
  const query = useInfiniteQuery(
    assetsQuery({ ...only, search: search || undefined, removed: false, sort: "newest" }),
  );
  const assets = useMemo(
    () => query.data?.pages.flatMap((page) => page.rows).filter((asset) => asset.state !== "failed") ?? [],
    [query.data],
  );
  if (query.isPending) {
    return (
      <Loading className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
          <Skeleton key={key} className="h-32" />
        ))}
      </Loading>
    );
  }
  if (query.isError && !query.data) return <QueryError query={query} />;
  if (assets.length === 0) {
    return search ? (
      <NothingMatches title={t("noMatch")} onClear={onClear} />
    ) : (
      <EmptyState
        icon={<Images aria-hidden />}
        title={t("emptyTitle")}
        action={
          can("assets.create") ? (
            <Button
              variant="primary"
              onClick={() => {
                onLeave();
                actions.addContent();
              }}
            >
              <Upload aria-hidden />
              {t("addContent")}
            </Button>
          ) : null
        }
      >
        {emptyText ?? t("empty")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        {assets.map((asset) => {
          const place = picked.indexOf(asset.id);
          return (
            <li key={asset.id}>
              <button
                type="button"
                aria-pressed={place >= 0}
                onClick={() => onToggle(asset.id)}
                className={cn(
                  "relative block w-full overflow-hidden rounded-lg border text-start transition-colors hover:border-control",
                  place >= 0 && "border-accent ring-1 ring-accent",
                )}
              >
                <AssetPicture asset={asset} className="aspect-video w-full border-b" />
                <span className="grid px-2 py-1.5">
                  <span className="truncate font-medium text-sm">{asset.name}</span>
                  <span className="tabular h-4 truncate text-muted text-xs">{facts(asset)}</span>
                </span>
                {place >= 0 ? (
                  <span className="tabular absolute end-1.5 top-1.5 flex h-6 items-center gap-1 rounded-md bg-accent px-1.5 font-semibold text-on-accent text-xs">
                    <Check aria-hidden className="size-3.5" />
                    {place + 1}
                  </span>
                ) : null}
              </button>
            </li>
          );
        })}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
