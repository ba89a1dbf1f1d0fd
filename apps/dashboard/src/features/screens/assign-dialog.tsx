import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { ScreenChoices } from "./screen-choices.tsx";

/** Puts one playlist on the screens that are ticked. */
export function AssignDialog({
  playlist,
  onClose,
}: {
  playlist: { id: string; name: string };
  onClose: () => void;
}) {
  const t = useTranslations("screens");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const assign = useAct(
    () => api.devices.assignPlaylist.mutate({ deviceIds: [...chosen], playlistId: playlist.id }),
    {
      done: () => {
        notify({ title: t("assigned", { count: chosen.size }), description: t("assignedHint") });
        onClose();
      },
      settled: () => {
        for (const head of ["device", "playlist", "overview"]) {
          void queryClient.invalidateQueries({ queryKey: [head] });
        }
      },
    },
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("playTitle", { name: playlist.name })}
      description={t("playPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={chosen.size === 0}
            isBusy={assign.isPending}
            onClick={() => assign.mutate(undefined)}
          >
            {t("playOn", { count: chosen.size })}
          </Button>
        </>
      }
    >
      <ScreenChoices chosen={chosen} onChange={setChosen} />
    </Dialog>
  );
}
