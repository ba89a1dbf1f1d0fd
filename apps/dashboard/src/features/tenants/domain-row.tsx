import { useQueryClient } from "@tanstack/react-query";
import type { DomainState, DomainView } from "@vitrine/core/model/domain";
import { Button } from "@vitrine/ui/button";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { Badge, type Tone } from "@vitrine/ui/status";
import { useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { domainsQuery } from "./domain-queries.ts";
import { DomainRecord } from "./domain-record.tsx";

const TONES: Record<DomainState, Tone> = {
  waiting: "neutral",
  verified: "success",
  missing: "warning",
  lost: "danger",
};

/** One domain: whether it leads here, what proves it where that is still to be done, and what can be done with it. */
export function DomainRow({
  domain: { domain, state, record, checkedAt, trustedUntil },
}: {
  domain: DomainView;
}) {
  const t = useTranslations("domains");
  const common = useTranslations("common");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const verify = useAct(() => api.domains.verify.mutate({ domain }), {
    done: (list) => {
      queryClient.setQueryData(domainsQuery.queryKey, list);
      notify({ title: t("verified", { domain }) });
    },
  });
  const remove = useAct(() => api.domains.remove.mutate({ domain }), {
    done: () => {
      void queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey });
      notify({ title: t("removed", { domain }) });
    },
  });
  const when = (instant: string) => format.relativeTime(new Date(instant), now);
  return (
    <li className="grid gap-3 p-4 not-first:border-t">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 break-all font-medium">{domain}</span>
        <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
        <span className="text-muted text-sm">
          {checkedAt === null ? t("notYet") : t("checked", { when: when(checkedAt) })}
        </span>
        <span className="ms-auto flex gap-2">
          <Button
            variant={state === "waiting" ? "primary" : "secondary"}
            isBusy={verify.isPending}
            onClick={() => verify.mutate(undefined)}
          >
            {state === "verified" ? t("verifyAgain") : t("verify")}
          </Button>
          <Button onClick={() => setAsking(true)}>{t("remove")}</Button>
        </span>
      </div>
      {trustedUntil === null ? null : (
        <p className="text-warning">
          {t("trustedUntil", {
            when: format.dateTime(new Date(trustedUntil), { dateStyle: "medium", timeStyle: "short" }),
          })}
        </p>
      )}
      {state === "verified" ? null : (
        <DomainRecord record={record} text={state === "waiting" ? t("record") : t("recordLost")} />
      )}
      {isAsking ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            remove.mutate(undefined);
          }}
          title={t("removeTitle", { domain })}
          confirmLabel={t("remove")}
          cancelLabel={common("cancel")}
        >
          {t("removeText")}
        </ConfirmDialog>
      ) : null}
    </li>
  );
}
