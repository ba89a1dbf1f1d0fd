import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { PaletteGroup } from "@vitrine/ui/command-palette";
import { Activity, FileDown, HeartPulse, ListChecks, ScrollText } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { deviceQuery } from "../screens/device-queries.ts";
import { COMMAND_ICONS } from "./command-groups.ts";
import { useCommandAct } from "./use-command.tsx";

const ASKED = ["identify", "screenshot", "reload", "send_logs"] as const;
const PLACES = [
  ["history", Activity],
  ["files", FileDown],
  ["health", HeartPulse],
  ["commands", ListChecks],
  ["logs", ScrollText],
] as const;

/** What the palette offers while the page of a screen is open: to ask something of it, and its tabs. */
export function useScreenPalette(onClose: () => void): PaletteGroup[] {
  const t = useTranslations("screen");
  const commands = useTranslations("commands");
  const can = useCan();
  const navigate = useNavigate();
  const { deviceId } = useParams({ strict: false });
  const { data: device } = useQuery({ ...deviceQuery(deviceId ?? ""), enabled: deviceId !== undefined });
  const send = useCommandAct(device);
  if (!device) return [];
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  const asked = ASKED.map((kind) => {
    const Icon = COMMAND_ICONS[kind];
    return {
      key: kind,
      icon: <Icon aria-hidden />,
      label: commands(`kind.${kind}`),
      onSelect: then(() => send.mutate(kind)),
    };
  });
  const places = PLACES.map(([tab, Icon]) => ({
    key: tab,
    icon: <Icon aria-hidden />,
    label: t(`tab.${tab}`),
    onSelect: then(
      () => void navigate({ to: "/screens/$deviceId", params: { deviceId: device.id }, search: { tab } }),
    ),
  }));
  return [
    {
      key: "screen",
      heading: device.name,
      items: [...(device.isActive && can("devices.control") ? asked : []), ...places],
    },
  ];
}
