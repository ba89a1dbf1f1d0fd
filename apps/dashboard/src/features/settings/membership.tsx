import { Avatar } from "@vitrine/ui/avatar";
import { Button } from "@vitrine/ui/button";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";
import { LeaveDialog } from "../people/leave-dialog.tsx";

/** The organization that the person is in, what they are there, and the way out of it. */
export function Membership() {
  const t = useTranslations("leaving");
  const roles = useTranslations("role");
  const { organization } = useSession();
  const [isLeaving, setLeaving] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border bg-raised p-3">
      <Avatar name={organization.name} className="size-9" />
      <div className="min-w-0 grow basis-40">
        <p className="truncate font-medium">{organization.name}</p>
        <p className="text-muted text-sm">{roles(organization.role)}</p>
      </div>
      <Button className="text-danger" onClick={() => setLeaving(true)}>
        {t("leave")}
      </Button>
      <LeaveDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
    </div>
  );
}
