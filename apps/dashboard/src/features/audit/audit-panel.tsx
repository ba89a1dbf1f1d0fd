import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { SidePanel } from "@vitrine/ui/side-panel";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useFormatter, useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { type Fact, FactList } from "../screen/facts.tsx";
import { auditEventQuery } from "./audit-queries.ts";
import { SubjectLink } from "./subject-link.tsx";
import { useAuditWords } from "./use-audit-words.ts";
import { ValueTable } from "./value-table.tsx";

const linkClass = "font-medium text-accent-text underline underline-offset-4";

/** One event whole: who, when, from where, and what was before and after it. */
export function AuditPanel({ sequence, onClose }: { sequence: number; onClose: () => void }) {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const query = useQuery(auditEventQuery(sequence));
  return (
    <SidePanel title={t("details")} closeLabel={common("close")} onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 p-5">
        <StaleNotice query={query} hasData={query.data !== undefined} />
        {query.data ? (
          <Event event={query.data} />
        ) : query.isError ? (
          <QueryError query={query} />
        ) : (
          <Loading className="grid gap-3">
            <Skeleton className="h-10" />
            <Skeleton className="h-32" />
            <Skeleton className="h-40" />
          </Loading>
        )}
      </div>
    </SidePanel>
  );
}

function Event({ event }: { event: Outputs["audit"]["get"] }) {
  const t = useTranslations("audit");
  const kinds = useTranslations("audit.actorKind");
  const format = useFormatter();
  const words = useAuditWords();
  const { at, actorKind, actorName, remoteAddress, requestId, sequence, hash, subjectId } = event;
  const facts: Fact[] = [
    {
      name: t("time"),
      value: (
        <time dateTime={at}>{format.dateTime(new Date(at), { dateStyle: "full", timeStyle: "medium" })}</time>
      ),
    },
    { name: t("actor"), value: `${actorName} · ${kinds(actorKind)}` },
    { name: t("address"), value: remoteAddress || null },
    { name: t("request"), value: requestId ? <Code>{requestId}</Code> : null },
    { name: t("number"), value: format.number(sequence) },
    { name: t("hash"), value: <Code>{hash}</Code> },
  ];
  return (
    <>
      <p className="break-words font-medium text-lg">{words.of(event)}</p>
      <FactList facts={facts} />
      <section aria-label={t("changes")} className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h3 className="font-medium">{t("changes")}</h3>
        <ValueTable before={event.before} after={event.after} />
      </section>
      {subjectId === null ? null : (
        <p className="flex flex-wrap gap-x-5 gap-y-2">
          <SubjectLink event={event} className={linkClass} />
          <Link to="/settings/audit" search={{ subject: subjectId }} className={linkClass}>
            {t("everythingAbout")}
          </Link>
        </p>
      )}
    </>
  );
}

function Code({ children }: { children: string }) {
  return <code className="select-all break-all text-sm">{children}</code>;
}
