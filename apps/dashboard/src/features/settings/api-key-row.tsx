import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { Badge } from "@vitrine/ui/status";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api, type Outputs } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

/** One key: what it is for, what it may do, and its end. */
export function ApiKeyRow({ apiKey }: { apiKey: Outputs["apiKeys"]["list"]["rows"][number] }) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const format = useFormatter();
  const can = useCan();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useAct(() => api.apiKeys.revoke.mutate({ id: apiKey.id }), {
    done: () => {
      setAsking(false);
      notify({ title: t("revoked", { name: apiKey.name }) });
    },
    settled: () => void queryClient.invalidateQueries({ queryKey: ["apiKey"] }),
  });
  const day = (instant: string) => format.dateTime(new Date(instant), { dateStyle: "medium" });
  const isOver = apiKey.expiresAt !== null && new Date(apiKey.expiresAt) < new Date();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 not-first:border-t">
      <div className="grid min-w-0 grow basis-64 gap-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{apiKey.name}</span>
          <code className="text-muted text-sm">{apiKey.prefix}…</code>
          {isOver ? <Badge tone="warning">{t("over")}</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-1">
          {apiKey.grants.map((grant) => (
            <Badge key={grant}>{grant}</Badge>
          ))}
        </p>
      </div>
      <div className="tabular text-muted text-sm sm:text-end">
        <p>{apiKey.lastUsedAt ? t("lastUsed", { date: day(apiKey.lastUsedAt) }) : t("neverUsed")}</p>
        <p>
          {apiKey.expiresAt
            ? t("expires", { date: day(apiKey.expiresAt) })
            : t("made", { date: day(apiKey.createdAt) })}
        </p>
      </div>
      {can("apiKeys.manage") ? (
        <Button
          className="text-danger"
          onClick={() => setAsking(true)}
          aria-label={t("revokeNamed", { name: apiKey.name })}
        >
          {t("revoke")}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => revoke.mutate(undefined)}
        isBusy={revoke.isPending}
        title={t("revokeTitle", { name: apiKey.name })}
        confirmLabel={t("revokeNow")}
        cancelLabel={common("cancel")}
      >
        {t("revokeText")}
      </ConfirmDialog>
    </li>
  );
}
