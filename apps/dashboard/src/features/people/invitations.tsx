import { useInfiniteQuery } from "@tanstack/react-query";
import { INVITATION_DAYS } from "@vitrine/core/model/member";
import { EmptyState } from "@vitrine/ui/empty-state";
import { MailPlus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { PagedList } from "../../lib/paged-list.tsx";
import { InvitationRow } from "./invitation-row.tsx";
import { invitationsQuery } from "./people-queries.ts";

/** Who is invited and has not come yet. */
export function Invitations({ action }: { action: ReactNode }) {
  const t = useTranslations("invitations");
  const format = useFormatter();
  const id = useId();
  const query = useInfiniteQuery(invitationsQuery);
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <section aria-labelledby={id} className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
      <header className="flex flex-wrap items-end gap-x-4">
        <div className="grid min-w-0 grow basis-72 gap-0.5">
          <h2 id={id} className="font-semibold text-lg">
            {t("title")}
          </h2>
          <p className="text-muted">{t("purpose", { days: INVITATION_DAYS })}</p>
        </div>
        <p className="tabular text-muted text-sm" aria-live="polite">
          {total === 0 ? "" : t("total", { count: total, shown: format.number(total) })}
        </p>
      </header>
      <PagedList
        query={query}
        label={t("title")}
        empty={
          <EmptyState
            icon={<MailPlus aria-hidden />}
            title={t("emptyTitle")}
            action={action}
            className="py-10"
          >
            {t("empty")}
          </EmptyState>
        }
      >
        {(invitation) => <InvitationRow key={invitation.id} invitation={invitation} />}
      </PagedList>
    </section>
  );
}
