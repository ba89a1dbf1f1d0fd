import { useQueryClient } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { DEFAULT_CHOICE, PlaylistChoice } from "./playlist-choice.tsx";

/** Gives many screens one playlist. */
export function AssignPlaylistDialog({
  devices,
  onClose,
  onDone,
}: {
  devices: readonly DeviceView[];
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations("screens");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const [choice, setChoice] = useState(DEFAULT_CHOICE);
  const assign = useAct(
    () =>
      api.devices.assignPlaylist.mutate({
        deviceIds: devices.map((device) => device.id),
        playlistId: choice === DEFAULT_CHOICE ? null : choice,
      }),
    {
      done: () => {
        notify({ title: t("assigned", { count: devices.length }), description: t("assignedHint") });
        onDone();
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
      title={t("assignTitle", { count: devices.length })}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" isBusy={assign.isPending} onClick={() => assign.mutate(undefined)}>
            {t("assign")}
          </Button>
        </>
      }
    >
      <Field label={t("plays")}>
        {(control) => <PlaylistChoice control={control} value={choice} onChange={setChoice} />}
      </Field>
    </Dialog>
  );
}
