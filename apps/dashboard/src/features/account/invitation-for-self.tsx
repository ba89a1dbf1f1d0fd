import type { SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { ActError } from "./act-error.tsx";

/** One press for whoever is signed in with the invited address. */
export function InvitationForSelf({
  session,
  organizationName,
  onAccept,
  isBusy,
  error,
}: {
  session: SessionView;
  organizationName: string;
  onAccept: () => void;
  isBusy: boolean;
  error: unknown;
}) {
  const t = useTranslations("invitation");
  const { name, email } = session.user;
  return (
    <div className="grid gap-4">
      <ActError error={error} />
      <p className="break-words text-muted">{t("signedInAs", { name, email })}</p>
      <Button
        variant="primary"
        size="lg"
        isBusy={isBusy}
        onClick={onAccept}
        className="h-auto min-h-10 whitespace-normal py-2"
      >
        {t("title", { organization: organizationName })}
      </Button>
    </div>
  );
}
