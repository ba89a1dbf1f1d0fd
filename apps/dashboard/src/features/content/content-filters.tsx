import { useQuery } from "@tanstack/react-query";
import { IconButton, IconToggle } from "@vitrine/ui/icon-button";
import { Select } from "@vitrine/ui/select";
import { LayoutGrid, List, Trash2 } from "lucide-react";
import { lazy, Suspense } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import type { Part } from "../../lib/search-params.ts";
import { assetTagsQuery } from "./asset-queries.ts";
import {
  ASSET_KINDS,
  ASSET_SORTS,
  ASSET_STATES,
  type ContentSearch,
  readContentSearch,
} from "./content-search.ts";

const BusinessFilter = lazy(async () => ({
  default: (await import("../businesses/business-filter.tsx")).BusinessFilter,
}));

const KINDS = ["all", ...ASSET_KINDS] as const;
const STATES = ["all", ...ASSET_STATES] as const;

/** Narrows, sorts and lays out the list of content; all of it is in the address. */
export function ContentFilters({
  search,
  total,
  onChange,
}: {
  search: ContentSearch;
  total: number | undefined;
  onChange: (search: ContentSearch) => void;
}) {
  const t = useTranslations("content");
  const listed = useTranslations("listed");
  const format = useFormatter();
  const tags = useQuery(assetTagsQuery);
  const set = (part: Part<ContentSearch>) => onChange(readContentSearch({ ...search, ...part }));
  const tagNames = [
    ...new Set([...(tags.data?.tags.map((one) => one.tag) ?? []), ...(search.tag ? [search.tag] : [])]),
  ];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox value={search.q ?? ""} label={t("search")} onChange={(q) => set({ q })} />
      <Select
        label={t("kindLabel")}
        className="w-auto min-w-28"
        value={search.kind ?? "all"}
        onChange={(kind) => set({ kind: kind === "all" ? undefined : kind })}
        options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      <Select
        label={t("stateLabel")}
        className="w-auto min-w-28"
        value={search.state ?? "all"}
        onChange={(state) => set({ state: state === "all" ? undefined : state })}
        options={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
      />
      {tagNames.length > 0 ? (
        <Select
          label={t("tagLabel")}
          className="w-auto min-w-28"
          value={search.tag ?? ""}
          onChange={(tag) => set({ tag: tag || undefined })}
          options={[
            { value: "", label: t("allTags") },
            ...tagNames.map((tag) => ({ value: tag, label: tag })),
          ]}
        />
      ) : null}
      <Suspense>
        <BusinessFilter value={search.business} onChange={(business) => set({ business })} />
      </Suspense>
      <Select
        label={t("sortLabel")}
        className="w-auto min-w-32"
        value={search.sort ?? "newest"}
        onChange={(sort) => set({ sort: sort === "newest" ? undefined : sort })}
        options={ASSET_SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
      />
      <IconToggle
        label={listed("showRemoved")}
        isOn={search.removed ?? false}
        onChange={(isOn) => set({ removed: isOn || undefined, asset: undefined })}
      >
        <Trash2 aria-hidden />
      </IconToggle>
      <div className="ms-auto flex items-center gap-2">
        <p className="tabular text-muted text-sm" aria-live="polite">
          {total === undefined ? "" : t("total", { count: total, shown: format.number(total) })}
        </p>
        <div className="flex rounded-md border">
          <IconButton
            label={t("asGrid")}
            aria-pressed={!search.view}
            className="rounded-e-none aria-pressed:bg-sunken"
            onClick={() => set({ view: undefined })}
          >
            <LayoutGrid aria-hidden />
          </IconButton>
          <IconButton
            label={t("asList")}
            aria-pressed={search.view === "list"}
            className="rounded-s-none aria-pressed:bg-sunken"
            onClick={() => set({ view: "list" })}
          >
            <List aria-hidden />
          </IconButton>
        </div>
      </div>
    </div>
  );
}
