import { useQueryClient } from "@tanstack/react-query";
import type { CommandKind, DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { ConfirmDialog } from "@vitrine/ui/confirm-dialog";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Ban, Camera, Ellipsis, RotateCw, ScanEye } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

/** What can be asked of a screen, and taking it out of the organization. */
export function ScreenActions({ device, onRevoked }: { device: DeviceView; onRevoked: () => void }) {
  const t = useTranslations("screen");
  const commands = useTranslations("commands");
  const common = useTranslations("common");
  const can = useCan();
  const queryClient = useQueryClient();
  const [isRevoking, setRevoking] = useState(false);
  const send = useAct((kind: CommandKind) => api.devices.sendCommand.mutate({ deviceId: device.id, kind }), {
    done: (_, kind) =>
      notify({ title: t("asked", { command: commands(`kind.${kind}`) }), description: t("commandHint") }),
    settled: () => void queryClient.invalidateQueries({ queryKey: ["command", device.id] }),
  });
  const revoke = useAct(() => api.devices.revoke.mutate({ id: device.id }), {
    done: () => {
      notify({ title: t("revoked", { name: device.name }) });
      setRevoking(false);
      onRevoked();
    },
    settled: () => {
      for (const head of ["device", "overview", "playlist"])
        void queryClient.invalidateQueries({ queryKey: [head] });
    },
  });
  if (!device.isActive || (!can("devices.control") && !can("devices.revoke"))) return null;
  return (
    <>
      {can("devices.control") ? (
        <Button
          isBusy={send.isPending && send.variables === "identify"}
          onClick={() => send.mutate("identify")}
        >
          <ScanEye aria-hidden />
          {commands("kind.identify")}
        </Button>
      ) : null}
      <Menu
        trigger={
          <IconButton variant="secondary" label={t("actions", { name: device.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {can("devices.control") ? (
          <>
            <MenuItem icon={<Camera aria-hidden />} onSelect={() => send.mutate("screenshot")}>
              {commands("kind.screenshot")}
            </MenuItem>
            <MenuItem icon={<RotateCw aria-hidden />} onSelect={() => send.mutate("reload")}>
              {commands("kind.reload")}
            </MenuItem>
          </>
        ) : null}
        {can("devices.revoke") ? (
          <>
            <MenuSeparator />
            <MenuItem isDangerous icon={<Ban aria-hidden />} onSelect={() => setRevoking(true)}>
              {t("revoke")}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <ConfirmDialog
        isOpen={isRevoking}
        onClose={() => setRevoking(false)}
        onConfirm={() => revoke.mutate(undefined)}
        isBusy={revoke.isPending}
        title={t("revokeTitle", { name: device.name })}
        confirmLabel={t("revokeNow")}
        cancelLabel={common("cancel")}
      >
        {t("revokeText")}
      </ConfirmDialog>
    </>
  );
}
