import { IconToggle } from "@vitrine/ui/icon-button";
import { Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import type { Part } from "../../lib/search-params.ts";

const BusinessFilter = lazy(async () => ({
  default: (await import("../businesses/business-filter.tsx")).BusinessFilter,
}));

/** What of an address narrows such a list. */
export type Filters = { q?: string; business?: string; removed?: true };

/** Whose words: the place of the list's texts in the catalogue. */
export type FilteredList = "groups" | "layouts" | "playlists";

/** What narrows a list of things with names, all of it in the address; and how many there are. */
export function ListFilters({
  list,
  search,
  total,
  onChange,
  children,
}: {
  list: FilteredList;
  search: Filters;
  total: number | undefined;
  onChange: (part: Part<Filters>) => void;
  /** What else narrows or orders it. */
  children?: ReactNode;
}) {
  const t = useTranslations(list);
  const listed = useTranslations("listed");
  const format = useFormatter();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox value={search.q ?? ""} label={t("search")} onChange={(q) => onChange({ q })} />
      <Suspense>
        <BusinessFilter value={search.business} onChange={(business) => onChange({ business })} />
      </Suspense>
      {children}
      <IconToggle
        label={listed("showRemoved")}
        isOn={search.removed ?? false}
        onChange={(isOn) => onChange({ removed: isOn || undefined })}
      >
        <Trash2 aria-hidden />
      </IconToggle>
      <p className="tabular ms-auto text-muted text-sm" aria-live="polite">
        {total === undefined ? "" : t("total", { count: total, shown: format.number(total) })}
      </p>
    </div>
  );
}
