import { useQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Skeleton } from "@vitrine/ui/skeleton";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useCan } from "../../lib/session.ts";
import { Page } from "../shell/page.tsx";
import { ApiKeyRow } from "./api-key-row.tsx";
import { CreateApiKeyDialog } from "./create-api-key-dialog.tsx";
import { apiKeysQuery } from "./settings-queries.ts";

/** Keys with which programs act for the organization. */
export function ApiKeysPage() {
  const t = useTranslations("apiKeys");
  const can = useCan();
  const keys = useQuery(apiKeysQuery);
  const [isCreating, setCreating] = useState(false);
  const create = can("apiKeys.manage") ? (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t("create")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} purpose={t("purpose")} action={create}>
      {keys.data ? (
        keys.data.rows.length === 0 ? (
          <EmptyState icon={<KeyRound aria-hidden />} title={t("emptyTitle")} action={create}>
            {t("empty")}
          </EmptyState>
        ) : (
          <>
            <StaleNotice query={keys} hasData />
            <ul className="rounded-lg border bg-raised">
              {keys.data.rows.map((key) => (
                <ApiKeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
          </>
        )
      ) : keys.isError ? (
        <QueryError query={keys} />
      ) : (
        <Loading className="grid gap-2">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </Loading>
      )}
      {isCreating ? <CreateApiKeyDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}
