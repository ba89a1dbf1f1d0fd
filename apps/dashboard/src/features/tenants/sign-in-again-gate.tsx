import type { SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { type Membership, useEnterSession } from "../../lib/session.ts";
import { askStepUp } from "../../lib/step-up.ts";
import { useAct } from "../../lib/use-act.ts";
import { enTenants } from "../../messages/en-tenants.ts";
import { GuestFrame } from "../account/guest-frame.tsx";

/** In place of every page of an organization for which the session is too old, until password and second factor are given. */
export function SignInAgainGate({ session }: { session: Membership }) {
  return (
    <MoreMessages messages={enTenants}>
      <Gate session={session} />
    </MoreMessages>
  );
}

function Gate({ session }: { session: Membership }) {
  const t = useTranslations("again");
  const enter = useEnterSession();
  const done = (next: SessionView | null) => enter(next);
  const select = useAct((organizationId: string) => api.organization.select.mutate({ organizationId }), {
    done,
  });
  const signOut = useAct(() => api.account.signOut.mutate(), { done: () => done(null) });
  const { organization, organizations, isBound } = session;
  const others = isBound ? [] : organizations.filter((one) => one.organizationId !== organization.id);
  return (
    <GuestFrame title={t("title")} purpose={t("text", { organization: organization.name })}>
      <div className="grid gap-3">
        <Button variant="primary" size="lg" autoFocus onClick={() => void askStepUp()}>
          {t("confirm")}
        </Button>
        {others.map(({ organizationId, name }) => (
          <Button
            key={organizationId}
            variant="link"
            className="justify-self-start whitespace-normal text-start"
            onClick={() => select.mutate(organizationId)}
          >
            {t("elsewhere", { organization: name })}
          </Button>
        ))}
        <Button
          variant="link"
          className="justify-self-start"
          isBusy={signOut.isPending}
          onClick={() => signOut.mutate(undefined)}
        >
          {t("signOut")}
        </Button>
      </div>
    </GuestFrame>
  );
}
