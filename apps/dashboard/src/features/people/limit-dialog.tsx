import { useQueryClient } from "@tanstack/react-query";
import type { MemberView } from "@vitrine/core/model/member";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { BusinessChoices } from "../businesses/business-choices.tsx";

/** Limits a person to businesses, or lets them see everything. */
export function LimitDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const t = useTranslations("limits");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState(member.businesses?.map(({ id }) => id) ?? null);
  const save = useAct(
    (businessIds: string[] | null) =>
      api.members.setBusinesses.mutate({ userId: member.userId, businessIds }),
    {
      done: () => {
        notify({ title: t("saved", { name: member.name }) });
        onClose();
      },
      settled: () => {
        for (const head of ["member", "business"]) void queryClient.invalidateQueries({ queryKey: [head] });
      },
    },
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={t("title", { name: member.name })}
      description={t("purpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={chosen?.length === 0}
            isBusy={save.isPending}
            onClick={() => save.mutate(chosen)}
          >
            {common("save")}
          </Button>
        </>
      }
    >
      <BusinessChoices value={chosen} onChange={setChosen} />
    </Dialog>
  );
}
