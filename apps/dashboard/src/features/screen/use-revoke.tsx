import { useQueryClient } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

/** Takes a screen out of the organization for good, after a question. */
export function useRevoke(
  device: DeviceView,
  onRevoked: () => void,
): { mayRevoke: boolean; ask: () => void; dialog: ReactNode } {
  const t = useTranslations("screen");
  const common = useTranslations("common");
  const can = useCan();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useAct(() => api.devices.revoke.mutate({ id: device.id }), {
    done: () => {
      notify({ title: t("revoked", { name: device.name }) });
      setAsking(false);
      onRevoked();
    },
    settled: () => {
      for (const head of ["device", "overview", "playlist"])
        void queryClient.invalidateQueries({ queryKey: [head] });
    },
  });
  return {
    mayRevoke: can("devices.revoke") && device.isActive,
    ask: () => setAsking(true),
    dialog: (
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => revoke.mutate(undefined)}
        isBusy={revoke.isPending}
        title={t("revokeTitle", { name: device.name })}
        confirmLabel={t("revokeNow")}
        cancelLabel={common("cancel")}
      >
        {t("revokeText")}
      </ConfirmDialog>
    ),
  };
}
