import { useQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Globe, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { enTenants } from "../../messages/en-tenants.ts";
import { SettingsSection } from "../settings/settings-section.tsx";
import { Page } from "../shell/page.tsx";
import { AddDomainDialog } from "./add-domain-dialog.tsx";
import { domainsQuery } from "./domain-queries.ts";
import { DomainRow } from "./domain-row.tsx";
import { Subdomain } from "./subdomain.tsx";

/** Where people find the organization: its sub-domain, and domains of its own. */
export function DomainsPage() {
  return (
    <MoreMessages messages={enTenants}>
      <Domains />
    </MoreMessages>
  );
}

function Domains() {
  const t = useTranslations("domains");
  const domains = useQuery(domainsQuery);
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <Page title={t("title")} purpose={t("purpose")} action={add}>
      {domains.data ? (
        <>
          <StaleNotice query={domains} hasData />
          <SettingsSection title={t("subdomain")} text={t("subdomainText")}>
            <Subdomain address={domains.data.subdomain} />
          </SettingsSection>
          <SettingsSection title={t("yours")} text={t("yoursText")}>
            {domains.data.rows.length === 0 ? (
              <EmptyState icon={<Globe aria-hidden />} title={t("emptyTitle")} action={add}>
                {t("empty")}
              </EmptyState>
            ) : (
              <ul className="rounded-lg border bg-raised">
                {domains.data.rows.map((one) => (
                  <DomainRow key={one.domain} domain={one} />
                ))}
              </ul>
            )}
          </SettingsSection>
        </>
      ) : domains.isError ? (
        <QueryError query={domains} />
      ) : (
        <Loading className="grid gap-2">
          <Skeleton className="h-16" />
          <Skeleton className="h-32" />
        </Loading>
      )}
      {isAdding ? <AddDomainDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
