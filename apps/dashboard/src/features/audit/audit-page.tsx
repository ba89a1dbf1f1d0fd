import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enAudit } from "../../messages/en-audit.ts";
import { Page } from "../shell/page.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditPanel } from "./audit-panel.tsx";
import { AuditResults } from "./audit-results.tsx";
import type { AuditSearch } from "./audit-search.ts";
import { ChainCard } from "./chain-card.tsx";
import { ExportMenu } from "./export-menu.tsx";

/** The record of who did what: searched, narrowed, verified and taken out; an event's details open beside it. */
export function AuditPage() {
  return (
    <MoreMessages messages={enAudit}>
      <Audit />
    </MoreMessages>
  );
}

function Audit() {
  const t = useTranslations("audit");
  const search = useSearch({ from: "/app/settings/audit" });
  const navigate = useNavigate({ from: "/settings/audit" });
  const { event, ...filter } = search;
  const change = (next: AuditSearch) => void navigate({ search: next, replace: true });
  return (
    <Page
      title={t("title")}
      purpose={t("purpose")}
      action={<ExportMenu search={search} />}
      aside={
        event === undefined ? null : (
          <AuditPanel key={event} sequence={event} onClose={() => change(filter)} />
        )
      }
    >
      <ChainCard />
      <AuditFilters search={search} onChange={change} />
      <AuditResults search={search} onClear={() => change({})} />
    </Page>
  );
}
