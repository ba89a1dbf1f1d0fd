import { Link } from "@tanstack/react-router";
import type { SessionView } from "@vitrine/core/model/account";
import { Button, buttonClass } from "@vitrine/ui/button";
import { Notice } from "@vitrine/ui/notice";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useEnterSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { ActError } from "./act-error.tsx";

/** Somebody else is signed in than the invitation is for: they sign out, or go back to their own. */
export function InvitationForAnother({ email, session }: { email: string; session: SessionView }) {
  const t = useTranslations("invitation");
  const common = useTranslations("common");
  const enter = useEnterSession();
  const signOut = useAct(() => api.account.signOut.mutate(), {
    done: () => enter(null),
    failure: () => true,
  });
  return (
    <div className="grid gap-3">
      <ActError error={signOut.error} />
      <Notice tone="warning" icon={<TriangleAlert aria-hidden />}>
        {t("forAnother", { email, own: session.user.email })}
      </Notice>
      <Button
        variant="primary"
        size="lg"
        isBusy={signOut.isPending}
        onClick={() => signOut.mutate(undefined)}
        className="mt-1"
      >
        {t("signOut")}
      </Button>
      <Link to="/" className={buttonClass("secondary", "lg")}>
        {common("toOverview")}
      </Link>
    </div>
  );
}
