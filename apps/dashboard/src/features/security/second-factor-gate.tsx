import type { SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { type Membership, useEnterSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { GuestFrame } from "../account/guest-frame.tsx";
import { TurnOn } from "./turn-on.tsx";

/** In place of every page of an organization that asks for a second factor, for who has none. */
export function SecondFactorGate({ session }: { session: Membership }) {
  return (
    <MoreMessages messages={enFactor}>
      <Gate session={session} />
    </MoreMessages>
  );
}

function Gate({ session }: { session: Membership }) {
  const t = useTranslations("factor");
  const enter = useEnterSession();
  const done = (next: SessionView | null) => enter(next);
  const select = useAct((organizationId: string) => api.organization.select.mutate({ organizationId }), {
    done,
  });
  const signOut = useAct(() => api.account.signOut.mutate(), { done: () => done(null) });
  const { organization, organizations } = session;
  return (
    <GuestFrame title={t("gateTitle")} purpose={t("gate", { organization: organization.name })}>
      <div className="grid gap-3">
        <TurnOn onDone={done} />
        {organizations
          .filter(({ organizationId }) => organizationId !== organization.id)
          .map(({ organizationId, name }) => (
            <Button
              key={organizationId}
              variant="link"
              className="justify-self-start whitespace-normal text-start"
              onClick={() => select.mutate(organizationId)}
            >
              {t("gateElsewhere", { organization: name })}
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
