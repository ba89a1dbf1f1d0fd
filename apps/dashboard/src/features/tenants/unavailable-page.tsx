import type { SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useEnterSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enTenants } from "../../messages/en-tenants.ts";
import { GuestFrame } from "../account/guest-frame.tsx";

/** In place of every page at the address of an organization that is not to be had for this person, whatever the reason. */
export default function UnavailablePage({ session }: { session: SessionView }) {
  return (
    <MoreMessages messages={enTenants}>
      <Unavailable session={session} />
    </MoreMessages>
  );
}

function Unavailable({ session }: { session: SessionView }) {
  const t = useTranslations("unavailable");
  const enter = useEnterSession();
  const signOut = useAct(() => api.account.signOut.mutate(), { done: () => enter(null) });
  return (
    <GuestFrame title={t("title")} purpose={t("text", { email: session.user.email })}>
      <Button variant="primary" isBusy={signOut.isPending} onClick={() => signOut.mutate(undefined)}>
        {t("signOut")}
      </Button>
    </GuestFrame>
  );
}
