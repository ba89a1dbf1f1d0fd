import { useQueryClient } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { deviceQuery } from "../screens/device-queries.ts";

type Change = Partial<
  Pick<DeviceView, "name" | "timeZone" | "rotation" | "volumePercent" | "privateHosts" | "tags">
>;

/** Changes of a screen's settings: each takes effect at once and can be undone. */
export function useDeviceUpdate(device: DeviceView) {
  const t = useTranslations("screen");
  const queryClient = useQueryClient();
  const put = (next: DeviceView) => {
    queryClient.setQueryData(deviceQuery(device.id).queryKey, next);
    for (const head of ["overview", "preview", "playlist"]) {
      void queryClient.invalidateQueries({ queryKey: [head] });
    }
    void queryClient.invalidateQueries({ queryKey: ["device", "list"] });
  };
  /** Shows a change before the server has it. */
  const show = (part: Change) =>
    queryClient.setQueryData(deviceQuery(device.id).queryKey, (known) => known && { ...known, ...part });
  const save = async (change: Change): Promise<void> => {
    put(await api.devices.update.mutate({ id: device.id, ...change }));
  };
  const act = useAct(({ next }: { next: Change; former: Change; isUndo?: boolean }) => save(next), {
    failure: (_, { former }) => {
      show(former);
      return false;
    },
    done: (_, { next, former, isUndo }) => {
      if (isUndo) return notify({ title: t("undone") });
      notify({
        title: t("saved"),
        action: {
          label: t("undo"),
          onSelect: () => change(former, next, true),
        },
      });
    },
  });
  const change = (next: Change, former: Change, isUndo = false) => {
    show(next);
    act.mutate({ next, former, isUndo });
  };
  const assign = useAct(
    ({ playlistId }: { playlistId: string | null; former: string | null; isUndo?: boolean }) =>
      api.devices.assignPlaylist.mutate({ deviceIds: [device.id], playlistId }),
    {
      done: (_, { playlistId, former, isUndo }) => {
        if (isUndo) return notify({ title: t("undone") });
        notify({
          title: t("assigned"),
          description: t("assignedHint"),
          action: {
            label: t("undo"),
            onSelect: () => assign.mutate({ playlistId: former, former: playlistId, isUndo: true }),
          },
        });
      },
      settled: () => {
        for (const head of ["device", "overview", "preview", "playlist"]) {
          void queryClient.invalidateQueries({ queryKey: [head] });
        }
      },
    },
  );
  return {
    save,
    change: (next: Change, former: Change) => change(next, former),
    assign: (playlistId: string | null) => assign.mutate({ playlistId, former: device.playlist?.id ?? null }),
    isAssigning: assign.isPending,
  };
}
