import { Link } from "@tanstack/react-router";
import type { CommandKind, DeviceView } from "@vitrine/core/model/device";
import type { Diagnosis } from "@vitrine/core/model/device-health";
import { Button, buttonClass } from "@vitrine/ui/button";
import { MonitorUp } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { COMMAND_ICONS } from "./command-groups.ts";
import type { ScreenTab } from "./screen-search.ts";
import type { useCommand } from "./use-command.tsx";

type Step =
  | { kind: "command"; command: CommandKind }
  | { kind: "tab"; tab: Extract<ScreenTab, "files" | "health" | "history" | "logs"> }
  | { kind: "playlist" | "schedule" | "pair" | "none" };

/** The step that helps with each cause, where the dashboard can take it. */
const STEPS: Record<Diagnosis["code"], Step> = {
  revoked: { kind: "pair" },
  never_connected: { kind: "none" },
  stopped_on_purpose: { kind: "tab", tab: "history" },
  connection_lost: { kind: "tab", tab: "history" },
  // Revoking it is offered above every tab.
  identity_copied: { kind: "tab", tab: "history" },
  display_off: { kind: "command", command: "display_on" },
  display_problem: { kind: "command", command: "display_on" },
  stage_recovering: { kind: "command", command: "restart" },
  nothing_to_play: { kind: "playlist" },
  nothing_scheduled_now: { kind: "schedule" },
  all_content_failing: { kind: "playlist" },
  content_failing: { kind: "playlist" },
  downloading: { kind: "tab", tab: "files" },
  download_failing: { kind: "tab", tab: "files" },
  disk_full: { kind: "command", command: "clear_cache" },
  disk_read_only: { kind: "command", command: "reboot" },
  manifest_refused: { kind: "command", command: "update" },
  manifest_out_of_date: { kind: "tab", tab: "history" },
  not_fetched_yet: { kind: "command", command: "restart" },
  clock_wrong: { kind: "tab", tab: "health" },
  update_rolled_back: { kind: "tab", tab: "logs" },
  often_restarting: { kind: "tab", tab: "logs" },
  other_fault: { kind: "tab", tab: "logs" },
};

/** The button that takes the next step against a cause; nothing where there is none, or one may not. */
export function DiagnosisAct({
  code,
  device,
  command,
}: {
  code: Diagnosis["code"];
  device: DeviceView;
  command: ReturnType<typeof useCommand>;
}) {
  const t = useTranslations("diagnosis.act");
  const commands = useTranslations("commands");
  const can = useCan();
  const actions = useAppActions();
  const step = STEPS[code];
  switch (step.kind) {
    case "command": {
      if (!can("devices.control") || !device.isActive) return null;
      const Icon = COMMAND_ICONS[step.command];
      return (
        <Button isBusy={command.sending === step.command} onClick={() => command.ask(step.command)}>
          <Icon aria-hidden />
          {commands(`kind.${step.command}`)}
        </Button>
      );
    }
    case "tab":
      return (
        <Link
          to="/screens/$deviceId"
          params={{ deviceId: device.id }}
          search={{ tab: step.tab }}
          replace
          resetScroll={false}
          className={buttonClass()}
        >
          {t(step.tab)}
        </Link>
      );
    case "playlist":
      return device.effectivePlaylist?.name && can("playlists.view") ? (
        <Link
          to="/playlists/$playlistId"
          params={{ playlistId: device.effectivePlaylist.id }}
          className={buttonClass("secondary", "md", "max-w-60")}
        >
          <span className="truncate">{t("openPlaylist", { name: device.effectivePlaylist.name })}</span>
        </Link>
      ) : null;
    case "schedule":
      return can("schedule.view") ? (
        <Link to="/schedule" className={buttonClass()}>
          {t("openSchedule")}
        </Link>
      ) : null;
    case "pair":
      return can("devices.pair") ? (
        <Button onClick={() => actions.pair()}>
          <MonitorUp aria-hidden />
          {t("pair")}
        </Button>
      ) : null;
    case "none":
      return null;
  }
}
