import { useQueryClient } from "@tanstack/react-query";
import type { CommandKind, DeviceView } from "@vitrine/core/model/device";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { notify } from "@vitrine/ui/notices";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { exactTimeWords } from "../../lib/time-words.ts";
import { useAct } from "../../lib/use-act.ts";
import { isConfirmed } from "./command-groups.ts";
import { deviceCommandsQuery } from "./screen-queries.ts";

/** Asks something of a screen at once, and says when it will be carried out. */
export function useCommandAct(device: DeviceView | undefined, onAsked?: () => void) {
  const t = useTranslations("commands");
  const format = useFormatter();
  const queryClient = useQueryClient();
  const { id = "", status, timeZone = "UTC" } = device ?? {};
  const isAway = status === "offline" || status === "never";
  return useAct((kind: CommandKind) => api.devices.sendCommand.mutate({ deviceId: id, kind }), {
    done: ({ expiresAt }, kind) => {
      onAsked?.();
      notify({
        title: t("asked", { command: t(`kind.${kind}`) }),
        description: isAway
          ? t("askedOffline", { time: exactTimeWords(format, new Date(expiresAt), timeZone) })
          : t("askedHint"),
      });
    },
    settled: () => void queryClient.invalidateQueries(deviceCommandsQuery(id)),
  });
}

/** Asks something of a screen, after a question where it matters; `dialog` has to stand somewhere in the page. */
export function useCommand(device: DeviceView): {
  ask: (kind: CommandKind) => void;
  /** The kind that is being sent to the server. */
  sending: CommandKind | null;
  dialog: ReactNode;
} {
  const t = useTranslations("commands");
  const common = useTranslations("common");
  const [asking, setAsking] = useState<CommandKind | null>(null);
  const send = useCommandAct(device, () => setAsking(null));
  return {
    ask: (kind) => (isConfirmed(kind) ? setAsking(kind) : send.mutate(kind)),
    sending: send.isPending ? send.variables : null,
    dialog:
      asking && isConfirmed(asking) ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(null)}
          onConfirm={() => send.mutate(asking)}
          isBusy={send.isPending}
          title={t(`confirm.${asking}.title`, { name: device.name })}
          confirmLabel={t(`confirm.${asking}.go`)}
          cancelLabel={common("cancel")}
        >
          {t(`confirm.${asking}.text`)}
        </ConfirmDialog>
      ) : null,
  };
}
