import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { Ban, Ellipsis, ScanEye } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { COMMAND_ICONS } from "./command-groups.ts";
import { useCommand } from "./use-command.tsx";

const IN_MENU = ["screenshot", "reload", "restart"] as const;

/** The common things to ask of a screen, and taking it out of the organization. */
export function ScreenActions({
  device,
  onRevoke,
}: {
  device: DeviceView;
  /** Undefined where one may not. */
  onRevoke: (() => void) | undefined;
}) {
  const t = useTranslations("screen");
  const commands = useTranslations("commands");
  const mayControl = useCan()("devices.control") && device.isActive;
  const command = useCommand(device);
  if (!mayControl && !onRevoke) return null;
  return (
    <>
      {mayControl ? (
        <Button isBusy={command.sending === "identify"} onClick={() => command.ask("identify")}>
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
        {mayControl
          ? IN_MENU.map((kind) => {
              const Icon = COMMAND_ICONS[kind];
              return (
                <MenuItem key={kind} icon={<Icon aria-hidden />} onSelect={() => command.ask(kind)}>
                  {commands(`kind.${kind}`)}
                </MenuItem>
              );
            })
          : null}
        {onRevoke ? (
          <>
            {mayControl ? <MenuSeparator /> : null}
            <MenuItem isDangerous icon={<Ban aria-hidden />} onSelect={onRevoke}>
              {t("revoke")}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {command.dialog}
    </>
  );
}
