import type { InvitationView } from "@vitrine/core/model/member";
import { Status } from "@vitrine/ui/status";
import { Clock, FileText, MailCheck, MailX, TimerOff, UserRound } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { InvitationActs } from "./invitation-acts.tsx";
import { useRoles } from "./use-roles.ts";

const LOOK = {
  waiting: { tone: "neutral", icon: Clock },
  sent: { tone: "success", icon: MailCheck },
  written: { tone: "warning", icon: FileText },
  failed: { tone: "danger", icon: MailX },
  expired: { tone: "warning", icon: TimerOff },
} as const;

/** One invitation: for whom, as what, by whom, how long it is good, and where its message is. */
export function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const t = useTranslations("invitations");
  const roles = useTranslations("role");
  const { mayGive } = useRoles();
  const { email, role, businesses, invitedByName, mailFault } = invitation;
  const state = invitation.isExpired ? "expired" : invitation.mail;
  const { tone, icon: Icon } = LOOK[state];
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5 py-2.5 ps-3 pe-2 not-first:border-t sm:grid-cols-[auto_minmax(0,1fr)_auto_auto]">
      <span
        aria-hidden
        className="grid size-9 place-items-center rounded-md border border-control/50 border-dashed text-muted [&_svg]:size-4"
      >
        <UserRound />
      </span>
      <div className="min-w-0">
        <p className="truncate font-medium">{email}</p>
        <p className="text-muted text-sm">
          {[
            roles(role),
            ...(businesses ?? []).map(({ name }) => name),
            ...(invitedByName === null ? [] : [t("by", { name: invitedByName })]),
          ].join(" · ")}
        </p>
      </div>
      <div className="col-span-2 col-start-2 row-start-2 flex min-w-0 flex-wrap gap-x-3 sm:col-span-1 sm:col-start-3 sm:row-start-1 sm:me-3 sm:grid sm:justify-items-end">
        <Status tone={tone} icon={<Icon aria-hidden />}>
          {t(`state.${state}`)}
        </Status>
        <GoodUntil invitation={invitation} />
      </div>
      <div className="col-start-3 row-start-1 flex items-center gap-1 sm:col-start-4">
        {mayGive(role) ? <InvitationActs invitation={invitation} /> : null}
      </div>
      {mailFault === null ? null : (
        <p className="col-span-2 col-start-2 break-words text-danger text-sm">
          {t("mailFault", { fault: mailFault })}
        </p>
      )}
    </li>
  );
}

function GoodUntil({ invitation: { expiresAt, isExpired } }: { invitation: InvitationView }) {
  const t = useTranslations("invitations");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const end = new Date(expiresAt);
  return (
    <time
      dateTime={expiresAt}
      title={format.dateTime(end, { dateStyle: "medium", timeStyle: "short" })}
      className="tabular text-muted text-sm"
    >
      {t(isExpired ? "ended" : "ends", { when: format.relativeTime(end, now) })}
    </time>
  );
}
