import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { type Barrier, type Membership, sessionQuery, useEnterSession } from "../../lib/session.ts";
import { askStepUp } from "../../lib/step-up.ts";
import { useAct } from "../../lib/use-act.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { GuestFrame } from "../account/guest-frame.tsx";
import { TurnOn } from "./turn-on.tsx";

type Props = {
  session: Membership;
  barrier: Barrier;
  /** A page of the organization stands open, with what was typed there. */
  isOverPage: boolean;
};

/** What an organization asks for before it lets somebody go on: over the page that is open, else in place of every page. */
export default function Gate(props: Props) {
  return (
    <MoreMessages messages={enFactor}>
      <Frame {...props} />
    </MoreMessages>
  );
}

function Frame({ isOverPage, ...rest }: Props) {
  const t = useTranslations("gate");
  const title = t(`title.${rest.barrier}`);
  const text = t(`text.${rest.barrier}`, { organization: rest.session.organization.name });
  if (!isOverPage)
    return (
      <GuestFrame title={title} purpose={text}>
        <Ways {...rest} />
      </GuestFrame>
    );
  return (
    <Dialog isOpen title={title} description={text}>
      <Ways {...rest} />
    </Dialog>
  );
}

function Ways({ session, barrier }: Omit<Props, "isOverPage">) {
  const t = useTranslations("gate");
  const queryClient = useQueryClient();
  const enter = useEnterSession();
  const select = useAct((organizationId: string) => api.organization.select.mutate({ organizationId }), {
    done: enter,
  });
  const signOut = useAct(() => api.account.signOut.mutate(), { done: () => enter(null) });
  const { organization, organizations, isBound } = session;
  const others = isBound ? [] : organizations.filter((one) => one.organizationId !== organization.id);
  return (
    <div className="grid gap-3">
      {barrier === "tooOld" ? (
        <Button variant="primary" size="lg" autoFocus onClick={() => void askStepUp()}>
          {t("confirm")}
        </Button>
      ) : (
        <TurnOn onDone={(next) => queryClient.setQueryData(sessionQuery.queryKey, next)} />
      )}
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
  );
}
