import type { CommandKind } from "@vitrine/core/model/device";
import {
  ArrowDownToLine,
  Camera,
  type LucideIcon,
  MonitorCheck,
  MonitorOff,
  Power,
  RefreshCw,
  RotateCw,
  ScanEye,
  ScrollText,
  SkipBack,
  SkipForward,
  Trash2,
} from "lucide-react";

export const COMMAND_GROUPS = [
  { name: "picture", kinds: ["identify", "screenshot", "previous", "next", "reload"] },
  { name: "display", kinds: ["display_on", "display_off"] },
  { name: "player", kinds: ["send_logs", "restart", "clear_cache", "update"] },
  { name: "machine", kinds: ["reboot"] },
] as const satisfies readonly { name: string; kinds: readonly CommandKind[] }[];

export const COMMAND_ICONS: Record<CommandKind, LucideIcon> = {
  clear_cache: Trash2,
  display_off: MonitorOff,
  display_on: MonitorCheck,
  identify: ScanEye,
  next: SkipForward,
  previous: SkipBack,
  reboot: Power,
  reload: RefreshCw,
  restart: RotateCw,
  screenshot: Camera,
  send_logs: ScrollText,
  update: ArrowDownToLine,
};

const CONFIRMED = ["clear_cache", "display_off", "reboot", "restart", "update"] as const;

/** Whether somebody in front of the glass would notice, so that it is asked first. */
export function isConfirmed(kind: CommandKind): kind is (typeof CONFIRMED)[number] {
  return CONFIRMED.some((one) => one === kind);
}
