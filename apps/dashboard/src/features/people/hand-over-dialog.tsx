import { useQueryClient } from "@tanstack/react-query";
import type { MemberView } from "@vitrine/core/model/member";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { sessionQuery, useSession } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

/** Says what handing ownership over means for both, and does it. */
export function HandOverDialog({
  isOpen,
  member,
  onClose,
}: {
  isOpen: boolean;
  member: MemberView;
  onClose: () => void;
}) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const { organization } = useSession();
  const words = { name: member.name, organization: organization.name };
  const handOver = useAct(() => api.members.handOver.mutate({ userId: member.userId }), {
    done: () => {
      notify({ title: t("handedOver", words) });
      onClose();
    },
    settled: () => {
      void queryClient.invalidateQueries({ queryKey: ["member"] });
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => handOver.mutate(undefined)}
      isBusy={handOver.isPending}
      title={t("handOverTitle", words)}
      confirmLabel={t("handOverNow")}
      cancelLabel={common("cancel")}
    >
      <p>{t("handOverThem", words)}</p>
      <p className="mt-2">{t("handOverYou", words)}</p>
    </ConfirmDialog>
  );
}
