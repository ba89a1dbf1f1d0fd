import type { DeviceView } from "@vitrine/core/model/device";
import { Button } from "@vitrine/ui/button";
import { Notice } from "@vitrine/ui/notice";
import { WifiOff } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { COMMAND_GROUPS, COMMAND_ICONS } from "./command-groups.ts";
import { CommandList } from "./command-list.tsx";
import { useCommand } from "./use-command.tsx";

/** All that can be asked of a screen, in groups, and what became of what was asked. */
export function CommandsTab({ device }: { device: DeviceView }) {
  const t = useTranslations("commands");
  const mayControl = useCan()("devices.control") && device.isActive;
  const command = useCommand(device);
  const isAway = device.status === "offline" || device.status === "never";
  return (
    <div className="grid gap-6">
      {mayControl ? (
        <section aria-label={t("title")} className="grid gap-3">
          {isAway ? (
            <Notice tone="neutral" icon={<WifiOff aria-hidden />}>
              {t("offline")}
            </Notice>
          ) : null}
          <div className="grid gap-3 md:grid-cols-2">
            {COMMAND_GROUPS.map(({ name, kinds }) => (
              <Group key={name} name={name}>
                {kinds.map((kind) => {
                  const Icon = COMMAND_ICONS[kind];
                  return (
                    <Button
                      key={kind}
                      isBusy={command.sending === kind}
                      onClick={() => command.ask(kind)}
                      className="max-w-full"
                    >
                      <Icon aria-hidden />
                      <span className="truncate">{t(`kind.${kind}`)}</span>
                    </Button>
                  );
                })}
              </Group>
            ))}
          </div>
        </section>
      ) : device.isActive ? (
        <p className="text-muted">{t("mayNot")}</p>
      ) : null}
      <CommandList device={device} />
      {command.dialog}
    </div>
  );
}

function Group({ name, children }: { name: (typeof COMMAND_GROUPS)[number]["name"]; children: ReactNode }) {
  const t = useTranslations("commands");
  const title = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid cell of its own height
    <div
      role="group"
      aria-labelledby={title}
      className="grid content-start gap-3 rounded-lg border bg-raised p-4"
    >
      <div>
        <h2 id={title} className="font-medium">
          {t(`group.${name}`)}
        </h2>
        <p className="text-muted text-sm">{t(`groupHint.${name}`)}</p>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}
