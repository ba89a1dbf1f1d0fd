import { Status, type Tone } from "@vitrine/ui/status";
import { Check, Clock, type LucideIcon, Send, TimerOff, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Command } from "./screen-queries.ts";

const LOOK: Record<Command["state"], { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: "neutral", icon: Clock },
  delivered: { tone: "accent", icon: Send },
  done: { tone: "success", icon: Check },
  failed: { tone: "danger", icon: TriangleAlert },
  expired: { tone: "warning", icon: TimerOff },
};

/** How far a command has come, by colour, shape and word; heard as it changes. */
export function CommandState({ command }: { command: Pick<Command, "state"> }) {
  const t = useTranslations("commands");
  const { tone, icon: Icon } = LOOK[command.state];
  return (
    <span aria-live="polite" className="min-w-0">
      <Status tone={tone} icon={<Icon aria-hidden />}>
        {t(`state.${command.state}`)}
      </Status>
    </span>
  );
}
