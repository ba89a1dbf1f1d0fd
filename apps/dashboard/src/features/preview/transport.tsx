import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from "lucide-react";
import { useTranslations } from "use-intl";
import { changesAround } from "./day-blocks.ts";
import type { Moment } from "./use-moment.ts";

/** Play and pause, and moving by item, by change of what has the screen, and to now. */
export function Transport({
  moment,
  onSeek,
  onNow,
  onToggle,
}: {
  moment: Moment;
  onSeek: (atMs: number) => void;
  onNow: () => void;
  onToggle: () => void;
}) {
  const t = useTranslations("moment");
  const { clock, atMs, blocks, timeline } = moment;
  const change = changesAround(blocks, atMs);
  const item = changesAround(timeline.slots, atMs);
  const step = (label: string, toMs: number | undefined, icon: React.ReactNode) => (
    <IconButton
      label={label}
      aria-disabled={toMs === undefined}
      onClick={() => {
        if (toMs !== undefined) onSeek(toMs);
      }}
    >
      {icon}
    </IconButton>
  );
  return (
    <div className="flex flex-wrap items-center gap-1">
      {step(t("previousChange"), change.previousMs, <SkipBack aria-hidden />)}
      {step(t("previousItem"), item.previousMs, <StepBack aria-hidden />)}
      <IconButton
        variant="secondary"
        label={clock.isRunning ? t("pause") : t("play")}
        onClick={onToggle}
        className="mx-1 size-10 rounded-full"
      >
        {clock.isRunning ? <Pause aria-hidden /> : <Play aria-hidden />}
      </IconButton>
      {step(t("nextItem"), item.nextMs, <StepForward aria-hidden />)}
      {step(t("nextChange"), change.nextMs, <SkipForward aria-hidden />)}
      <Button size="sm" className="ms-2" onClick={onNow}>
        {t("now")}
      </Button>
    </div>
  );
}
