import type { OpenedInvitation } from "@vitrine/core/model/member";
import { Avatar } from "@vitrine/ui/avatar";
import { useTranslations } from "use-intl";

/** To what somebody is invited, and what they may do there. */
export function InvitationOffer({ invitation }: { invitation: OpenedInvitation }) {
  const t = useTranslations("invitation");
  const roles = useTranslations("role");
  const hints = useTranslations("roleHint");
  const { organizationName, role } = invitation;
  return (
    <div className="flex items-start gap-3 rounded-lg border bg-raised p-3">
      <Avatar name={organizationName} className="size-9" />
      <div className="grid min-w-0 gap-0.5">
        <p className="break-words font-medium">
          {t("offer", { role: roles(role), organization: organizationName })}
        </p>
        <p className="text-muted text-sm">{hints(role)}</p>
      </div>
    </div>
  );
}
