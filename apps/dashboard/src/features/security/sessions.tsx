import { useQuery } from "@tanstack/react-query";
import { SESSION_DAYS, SESSION_IDLE_HOURS } from "@vitrine/core/model/account";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { SettingsSection } from "../settings/settings-section.tsx";
import { EndOthers } from "./end-others.tsx";
import { sessionsQuery } from "./security-queries.ts";
import { SessionRow } from "./session-row.tsx";

/** Where one is signed in, with ways to end each. */
export function Sessions() {
  const t = useTranslations("sessions");
  const sessions = useQuery(sessionsQuery);
  const rows = sessions.data?.rows ?? [];
  return (
    <SettingsSection title={t("title")} text={t("text", { hours: SESSION_IDLE_HOURS, days: SESSION_DAYS })}>
      {sessions.data ? (
        <div className="grid gap-3">
          <StaleNotice query={sessions} hasData />
          <ul aria-label={t("title")} className="rounded-lg border bg-raised">
            {rows.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
          {rows.length > 1 ? <EndOthers /> : null}
        </div>
      ) : sessions.isError ? (
        <QueryError query={sessions} />
      ) : (
        <Loading className="grid gap-2">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </Loading>
      )}
    </SettingsSection>
  );
}
