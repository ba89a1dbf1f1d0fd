import { useQueryClient } from "@tanstack/react-query";
import type { InvitationView } from "@vitrine/core/model/member";
import { Button } from "@vitrine/ui/button";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Ellipsis, Link2, MailX, Send } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { copyText } from "../../lib/copy-text.ts";
import { useAct } from "../../lib/use-act.ts";
import { LinkDialog } from "./link-dialog.tsx";

/** Sends an invitation again, hands over its link by other means while it is good, or takes it back. */
export function InvitationActs({ invitation }: { invitation: InvitationView }) {
  const t = useTranslations("invitations");
  const common = useTranslations("common");
  const format = useFormatter();
  const queryClient = useQueryClient();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const [shownUrl, setShownUrl] = useState<string | null>(null);
  const { id, email, isExpired } = invitation;
  const settled = () => void queryClient.invalidateQueries({ queryKey: ["invitation"] });
  const resend = useAct(() => api.invitations.resend.mutate({ id }), {
    done: () => notify({ title: t("resent", { email }) }),
    settled,
  });
  const withdraw = useAct(() => api.invitations.withdraw.mutate({ id }), {
    done: () => {
      setWithdrawing(false);
      notify({ title: t("withdrawn", { email }) });
    },
    settled,
  });
  const link = useAct(() => api.invitations.link.mutate({ id }), {
    done: async ({ url, expiresAt }) => {
      if (!(await copyText(url))) return setShownUrl(url);
      const date = format.dateTime(new Date(expiresAt), { dateStyle: "medium" });
      notify({ title: t("linkCopied"), description: t("linkFor", { email, date }) });
    },
    settled,
  });
  return (
    <>
      {isExpired ? (
        <Button
          size="sm"
          className="sm:w-28"
          aria-label={t("resendTo", { email })}
          isBusy={resend.isPending}
          onClick={() => resend.mutate(undefined)}
        >
          <Send aria-hidden />
          <span className="hidden sm:inline">{t("resend")}</span>
        </Button>
      ) : (
        <Button
          size="sm"
          className="sm:w-28"
          aria-label={t("copyLinkFor", { email })}
          isBusy={link.isPending}
          onClick={() => link.mutate(undefined)}
        >
          <Link2 aria-hidden />
          <span className="hidden sm:inline">{t("copyLink")}</span>
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t("actions", { email })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {isExpired ? null : (
          <>
            <MenuItem icon={<Send aria-hidden />} onSelect={() => resend.mutate(undefined)}>
              {t("resend")}
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem isDangerous icon={<MailX aria-hidden />} onSelect={() => setWithdrawing(true)}>
          {t("withdraw")}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        isOpen={isWithdrawing}
        onClose={() => setWithdrawing(false)}
        onConfirm={() => withdraw.mutate(undefined)}
        isBusy={withdraw.isPending}
        title={t("withdrawTitle", { email })}
        confirmLabel={t("withdraw")}
        cancelLabel={common("cancel")}
      >
        {t("withdrawText")}
      </ConfirmDialog>
      {shownUrl === null ? null : (
        <LinkDialog email={email} url={shownUrl} onClose={() => setShownUrl(null)} />
      )}
    </>
  );
}
