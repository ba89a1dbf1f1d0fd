import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { accountEventsQuery, sessionsQuery } from "./security-queries.ts";

/** Ends every session but this one, when asked twice. */
export function EndOthers() {
  const t = useTranslations("sessions");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const end = useAct(() => api.account.revokeOtherSessions.mutate(), {
    done: ({ count }) => {
      setAsking(false);
      notify({ title: t("othersEnded", { count }) });
    },
    settled: () =>
      Promise.all(
        [sessionsQuery, accountEventsQuery].map(({ queryKey }) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return (
    <>
      <Button className="justify-self-end text-danger" onClick={() => setAsking(true)}>
        {t("endOthers")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => end.mutate(undefined)}
        isBusy={end.isPending}
        title={t("endOthersTitle")}
        confirmLabel={t("endOthersNow")}
        cancelLabel={common("cancel")}
      >
        {t("endOthersText")}
      </ConfirmDialog>
    </>
  );
}
