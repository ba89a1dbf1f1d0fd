import { Button } from "@vitrine/ui/button";
import { MailWarning } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enAccount } from "../../messages/en-account.ts";

/** Asks somebody to show that their address is theirs, and sends the link for it again. */
export default function VerifyNotice() {
  return (
    <MoreMessages messages={enAccount}>
      <Verify />
    </MoreMessages>
  );
}

function Verify() {
  const t = useTranslations("verifyNotice");
  const { email } = useSession().user;
  const send = useAct(() => api.account.sendVerification.mutate());
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b bg-warning-soft px-4 py-1.5 text-sm text-warning"
    >
      <MailWarning aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 grow basis-56 break-words">{t(send.isSuccess ? "sent" : "text", { email })}</p>
      {send.isSuccess ? null : (
        <Button size="sm" isBusy={send.isPending} onClick={() => send.mutate(undefined)}>
          {t("send")}
        </Button>
      )}
    </div>
  );
}
