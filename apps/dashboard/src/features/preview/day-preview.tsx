import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { exactTimeWords } from "../../lib/time-words.ts";
import { DaySlider } from "./day-slider.tsx";
import { oddHours } from "./moment.ts";
import { shownAt } from "./preview-plan.ts";
import { StageView } from "./stage-view.tsx";
import { Transport } from "./transport.tsx";
import type { Moment } from "./use-moment.ts";

/** What a screen should be showing at any moment of its own day, played by the real stage. */
export function DayPreview({
  moment,
  width,
  height,
  onSettled,
}: {
  moment: Moment;
  width: number;
  height: number;
  /** Told where a person put the moment; null: to now. */
  onSettled?: (atMs: number | null) => void;
}) {
  const t = useTranslations("moment");
  const format = useFormatter();
  const { preview, timeline, clock, atMs, timeZone } = moment;
  const [failure, setFailure] = useState<string | null>(null);
  const shown = shownAt(preview, timeline, atMs);
  const seek = (toMs: number) => {
    setFailure(null);
    clock.set(toMs);
    onSettled?.(toMs);
  };
  return (
    <div className="grid min-w-0 gap-4">
      <ScreenFrame width={width} height={height} tone="accent">
        <StageView
          preview={preview}
          timeline={timeline}
          clock={clock}
          title={t("stage")}
          onFailed={setFailure}
        />
      </ScreenFrame>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="grid min-w-0 grow basis-60">
          <p className="tabular font-semibold text-lg">
            {format.dateTime(atMs, { weekday: "short", day: "numeric", month: "short", timeZone })},{" "}
            {oddHours(timeline) === 0
              ? exactTimeWords(format, atMs, timeZone)
              : format.dateTime(atMs, { timeStyle: "long", timeZone })}
          </p>
          <p className="truncate text-muted">
            {failure
              ? t("failed", { text: failure })
              : shown
                ? t(shown.parts.length > 0 ? "shouldShowParts" : "shouldShow", {
                    name: shown.name,
                    parts: format.list(shown.parts, { type: "conjunction" }),
                  })
                : t("nothing")}
          </p>
        </div>
        <Transport
          moment={moment}
          onSeek={seek}
          onNow={() => {
            setFailure(null);
            clock.set(Date.now(), true);
            onSettled?.(null);
          }}
          onToggle={() => {
            if (!clock.isRunning) return clock.go();
            clock.hold();
            onSettled?.(atMs);
          }}
        />
      </div>
      <DaySlider moment={moment} onSeek={seek} />
    </div>
  );
}
