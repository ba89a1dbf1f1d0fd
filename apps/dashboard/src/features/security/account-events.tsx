import { useInfiniteQuery } from "@tanstack/react-query";
import { ACCOUNT_EVENT_DAYS, type AccountEventView } from "@vitrine/core/model/account";
import { EmptyState } from "@vitrine/ui/empty-state";
import { History } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { PagedList } from "../../lib/paged-list.tsx";
import { SettingsSection } from "../settings/settings-section.tsx";
import { accountEventsQuery } from "./security-queries.ts";
import { useDeviceName } from "./use-device-name.ts";

/** What happened to one's account, newest first. */
export function AccountEvents() {
  const t = useTranslations("accountEvents");
  const query = useInfiniteQuery(accountEventsQuery);
  return (
    <SettingsSection title={t("title")} text={t("text", { days: ACCOUNT_EVENT_DAYS })}>
      <div className="grid gap-3">
        <PagedList
          query={query}
          label={t("title")}
          empty={
            <EmptyState icon={<History aria-hidden />} title={t("emptyTitle")} className="py-10">
              {t("empty")}
            </EmptyState>
          }
        >
          {(event) => <EventRow key={event.id} event={event} />}
        </PagedList>
      </div>
    </SettingsSection>
  );
}

function EventRow({ event }: { event: AccountEventView }) {
  const t = useTranslations("accountEvents");
  const format = useFormatter();
  const nameOf = useDeviceName();
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2.5 not-first:border-t">
      <div className="grid min-w-0 grow basis-56 gap-0.5">
        <p className="break-words font-medium">{t(`kind.${event.kind}`, { email: event.email ?? "" })}</p>
        <p className="tabular break-words text-muted text-sm">
          {t("from", { device: nameOf(event), address: event.remoteAddress })}
        </p>
      </div>
      <time dateTime={event.at} className="tabular text-muted text-sm">
        {format.dateTime(new Date(event.at), { dateStyle: "medium", timeStyle: "short" })}
      </time>
    </li>
  );
}
