import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AuditCheck, CheckFault } from "@vitrine/core/model/audit";
import { Button } from "@vitrine/ui/button";
import { Skeleton } from "@vitrine/ui/skeleton";
import { CircleDashed, LoaderCircle, ShieldAlert, ShieldCheck } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useAct } from "../../lib/use-act.ts";
import { auditStateQuery } from "./audit-queries.ts";

/** Whether the record is whole: its newest verification in words, and the button for another. */
export function ChainCard() {
  const t = useTranslations("auditChain");
  const format = useFormatter();
  const queryClient = useQueryClient();
  const query = useQuery(auditStateQuery);
  const verify = useAct(() => api.audit.verify.mutate(), {
    settled: () => queryClient.invalidateQueries({ queryKey: ["audit"] }),
  });
  if (!query.data) return query.isError ? <QueryError query={query} /> : <Skeleton className="h-20" />;
  const { head, check } = query.data;
  const isRunning = check?.state === "waiting" || check?.state === "running";
  return (
    <section aria-label={t("title")} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <StaleNotice query={query} hasData />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border bg-raised px-4 py-3">
        <div className="flex min-w-0 grow basis-72 items-start gap-3">
          <Mark check={check} />
          <div className="grid min-w-0 gap-0.5" aria-live="polite">
            <Verdict check={check} />
            <p className="text-muted text-sm">{t("purpose")}</p>
          </div>
        </div>
        <p className="tabular text-muted text-sm">
          {t("head", { count: head.sequence, shown: format.number(head.sequence) })}
        </p>
        <Button isBusy={verify.isPending || isRunning} onClick={() => verify.mutate(undefined)}>
          {t("verify")}
        </Button>
      </div>
    </section>
  );
}

function Mark({ check }: { check: AuditCheck | null }) {
  const size = "mt-0.5 size-5 shrink-0";
  if (check === null) return <CircleDashed aria-hidden className={`${size} text-muted`} />;
  if (check.state === "waiting" || check.state === "running") {
    return <LoaderCircle aria-hidden className={`${size} text-muted motion-safe:animate-spin`} />;
  }
  const isGood = check.state === "finished" && check.fault === null;
  return isGood ? (
    <ShieldCheck aria-hidden className={`${size} text-success`} />
  ) : (
    <ShieldAlert aria-hidden className={`${size} text-danger`} />
  );
}

function Verdict({ check }: { check: AuditCheck | null }) {
  const t = useTranslations("auditChain");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  if (check === null) return <p className="font-medium">{t("never")}</p>;
  if (check.state === "waiting" || check.state === "running")
    return <p className="font-medium">{t("running")}</p>;
  const when = format.relativeTime(new Date(check.finishedAt ?? check.startedAt), now);
  const { events, anchors } = check;
  const kept = t("anchors", { count: anchors ?? 0, shown: format.number(anchors ?? 0) });
  return (
    <>
      {check.state === "failed" ? (
        <p className="font-medium text-danger">{t("failed")}</p>
      ) : check.fault ? (
        <Fault fault={check.fault} />
      ) : (
        <p className="font-medium">
          {t("good", { events: events ?? 0, shown: format.number(events ?? 0), anchors: kept })}
        </p>
      )}
      <p className="text-muted text-sm">{t("verified", { when, name: check.startedByName })}</p>
    </>
  );
}

/** What is wrong in one sentence, with the first bad event where it can be looked at. */
function Fault({ fault }: { fault: CheckFault }) {
  const t = useTranslations("auditChain");
  const format = useFormatter();
  if (fault.kind === "anchors") {
    return <p className="font-medium text-danger">{t("fault.anchors", { line: fault.line })}</p>;
  }
  const time =
    "anchoredAt" in fault
      ? format.dateTime(new Date(fault.anchoredAt), { dateStyle: "medium", timeStyle: "short" })
      : "";
  const anchored = "anchoredSequence" in fault ? format.number(fault.anchoredSequence) : "";
  const proven = "provenSequence" in fault ? format.number(fault.provenSequence) : "";
  const sequence = format.number(fault.sequence);
  return (
    <p className="font-medium text-danger">
      {t(`fault.${fault.kind}`, { sequence, time, anchored, proven })}
      {fault.id === null || fault.sequence < 1 ? null : (
        <Link
          to="/settings/audit"
          search={{ event: fault.sequence }}
          className="ms-1.5 underline underline-offset-4"
        >
          {t("show", { sequence })}
        </Link>
      )}
    </p>
  );
}
