import { useQuery } from "@tanstack/react-query";
import { Notice } from "@vitrine/ui/notice";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MailX } from "lucide-react";
import { useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useSession } from "../../lib/session.ts";
import { Page } from "../shell/page.tsx";
import { NotificationTable } from "./notification-table.tsx";
import { notificationsQuery } from "./settings-queries.ts";

/** What people are told of by mail, for everybody and for oneself. */
export function NotificationsPage() {
  const t = useTranslations("notifications");
  const { sendsMail } = useSession();
  const choices = useQuery(notificationsQuery);
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      {choices.data ? (
        <>
          <StaleNotice query={choices} hasData />
          {sendsMail ? null : (
            <Notice tone="neutral" icon={<MailX aria-hidden />}>
              {t("noMailServer")}
            </Notice>
          )}
          <NotificationTable choices={choices.data} />
        </>
      ) : choices.isError ? (
        <QueryError query={choices} />
      ) : (
        <Loading className="grid gap-2">
          <Skeleton className="h-8" />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </Loading>
      )}
    </Page>
  );
}
