import { Link, useNavigate } from "@tanstack/react-router";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { Notice } from "@vitrine/ui/notice";
import { notify } from "@vitrine/ui/notices";
import { Crown } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { useEnterSession, useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

/** Asks before somebody leaves the organization; its last owner is told what to do first. */
export function LeaveDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations("leaving");
  const common = useTranslations("common");
  const { organization } = useSession();
  const enter = useEnterSession();
  const navigate = useNavigate();
  const leave = useAct(() => api.members.leave.mutate(), {
    done: (session) => {
      notify({ title: t("left", { organization: organization.name }) });
      enter(session);
      void navigate({ to: "/" });
    },
    failure: ({ code }) => code === "LAST_OWNER",
  });
  const isLastOwner = leave.isError && toFailure(leave.error).code === "LAST_OWNER";
  const close = () => {
    leave.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      onConfirm={() => leave.mutate(undefined)}
      isBusy={leave.isPending}
      title={t("title", { organization: organization.name })}
      confirmLabel={t("leave")}
      cancelLabel={common("cancel")}
    >
      <p>{t("text")}</p>
      {isLastOwner ? (
        <Notice tone="warning" isUrgent icon={<Crown aria-hidden />} className="mt-3 text-text">
          {t("lastOwner")}{" "}
          <Link
            to="/settings/people"
            onClick={close}
            className="font-medium text-accent-text underline underline-offset-4"
          >
            {t("toPeople")}
          </Link>
        </Notice>
      ) : null}
    </ConfirmDialog>
  );
}
