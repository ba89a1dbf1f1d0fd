import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { BusinessView } from "@vitrine/core/model/business";
import { Button } from "@vitrine/ui/button";
import { Plus, Store } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { NothingListed } from "../../lib/nothing-listed.tsx";
import { PagedList } from "../../lib/paged-list.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import { enBusinesses } from "../../messages/en-businesses.ts";
import { Page } from "../shell/page.tsx";
import { businessesQuery } from "./business-queries.ts";
import { BusinessRow } from "./business-row.tsx";

const BusinessDialog = lazy(async () => ({
  default: (await import("./business-dialog.tsx")).BusinessDialog,
}));

/** The brands, sites or customers within the organization, and what belongs to each. */
export function BusinessesPage() {
  return (
    <MoreMessages messages={enBusinesses}>
      <Businesses />
    </MoreMessages>
  );
}

function Businesses() {
  const t = useTranslations("businesses");
  const can = useCan();
  const { q } = useSearch({ from: "/app/settings/businesses" });
  const navigate = useNavigate({ from: "/settings/businesses" });
  const find = (next: string) => void navigate({ search: next ? { q: next } : {}, replace: true });
  const query = useInfiniteQuery(businessesQuery(q));
  const [edited, setEdited] = useState<BusinessView | "new" | null>(null);
  const create = can("businesses.manage") ? (
    <Button variant="primary" onClick={() => setEdited("new")}>
      <Plus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  const nothing = (
    <NothingListed
      list="businesses"
      icon={<Store aria-hidden />}
      isNarrowed={q !== undefined}
      onClear={() => find("")}
      action={create}
    />
  );
  return (
    <Page title={t("title")} purpose={t("purpose")} action={create}>
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox value={q ?? ""} label={t("search")} onChange={find} />
      </div>
      <PagedList query={query} label={t("title")} empty={nothing}>
        {(business) => (
          <BusinessRow key={business.id} business={business} onEdit={() => setEdited(business)} />
        )}
      </PagedList>
      {edited ? (
        <Suspense>
          <BusinessDialog business={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      ) : null}
    </Page>
  );
}
