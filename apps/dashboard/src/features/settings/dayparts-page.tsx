import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { DaypartView } from "@vitrine/core/model/daypart";
import { Button } from "@vitrine/ui/button";
import { IconToggle } from "@vitrine/ui/icon-button";
import { Clock, Plus, Trash2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { NothingListed } from "../../lib/nothing-listed.tsx";
import { PagedList } from "../../lib/paged-list.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import type { Part } from "../../lib/search-params.ts";
import { enDayparts } from "../../messages/en-dayparts.ts";
import { Page } from "../shell/page.tsx";
import { daypartsQuery } from "./dayparts-queries.ts";
import { DaypartRow } from "./dayparts-row.tsx";
import { type DaypartsSearch, readDaypartsSearch } from "./dayparts-search.ts";
import { useMayDayparts } from "./use-may-dayparts.ts";

const DaypartDialog = lazy(async () => ({
  default: (await import("./dayparts-dialog.tsx")).DaypartDialog,
}));

/** The organization's named hours, in words. */
export function DaypartsPage() {
  return (
    <MoreMessages messages={enDayparts}>
      <Dayparts />
    </MoreMessages>
  );
}

function Dayparts() {
  const t = useTranslations("dayparts");
  const listed = useTranslations("listed");
  const may = useMayDayparts();
  const search = useSearch({ from: "/app/settings/dayparts" });
  const navigate = useNavigate({ from: "/settings/dayparts" });
  const change = (part: Part<DaypartsSearch>) =>
    void navigate({ search: readDaypartsSearch({ ...search, ...part }), replace: true });
  const [edited, setEdited] = useState<DaypartView | "new" | null>(null);
  const create = may("schedule.create") ? (
    <Button variant="primary" onClick={() => setEdited("new")}>
      <Plus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} purpose={t("purpose")} action={create}>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox value={search.q ?? ""} label={t("search")} onChange={(q) => change({ q })} />
        <IconToggle
          label={listed("showRemoved")}
          isOn={search.removed ?? false}
          onChange={(isOn) => change({ removed: isOn || undefined })}
        >
          <Trash2 aria-hidden />
        </IconToggle>
      </div>
      <Results search={search} create={create} onClear={() => change({ q: undefined })} onEdit={setEdited} />
      {edited ? (
        <Suspense>
          <DaypartDialog daypart={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      ) : null}
    </Page>
  );
}

function Results({
  search,
  create,
  onClear,
  onEdit,
}: {
  search: DaypartsSearch;
  create: ReactNode;
  onClear: () => void;
  onEdit: (daypart: DaypartView) => void;
}) {
  const t = useTranslations("dayparts");
  const query = useInfiniteQuery(daypartsQuery(search));
  return (
    <PagedList
      query={query}
      label={t("title")}
      empty={
        <NothingListed
          list="dayparts"
          icon={<Clock aria-hidden />}
          isNarrowed={search.q !== undefined}
          isRemoved={search.removed}
          onClear={onClear}
          action={create}
        />
      }
    >
      {(daypart) => <DaypartRow key={daypart.id} daypart={daypart} onEdit={() => onEdit(daypart)} />}
    </PagedList>
  );
}
