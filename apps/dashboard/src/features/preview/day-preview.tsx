import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { Button } from "@vitrine/ui/button";
import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { PreviewControls } from "./preview-controls.tsx";
import { assetAt, dayAt } from "./preview-plan.ts";
import { StageView } from "./stage-view.tsx";
import { usePreviewClock, useTicking } from "./use-preview-clock.ts";

/** What a screen should be showing at any moment of its own day, played by the real stage. */
export function DayPreview({
  preview,
  width,
  height,
}: {
  preview: ManifestPreview;
  width: number;
  height: number;
}) {
  const t = useTranslations("preview");
  const format = useFormatter();
  const { timeZone } = preview.manifest;
  const clock = usePreviewClock(Date.now());
  const atMs = useTicking(clock);
  const [failure, setFailure] = useState<string | null>(null);
  const dayKey = Math.floor(atMs / 900_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a day is compiled anew each quarter of an hour, not on each tick
  const timeline = useMemo(() => dayAt(preview, atMs), [preview, dayKey]);
  const time = (ms: number) => format.dateTime(ms, { timeStyle: "medium", timeZone });
  const name = assetAt(preview, timeline, atMs)?.name;
  return (
    <div className="grid gap-3">
      <ScreenFrame width={width} height={height} tone="accent">
        <StageView
          preview={preview}
          timeline={timeline}
          clock={clock}
          title={t("stage")}
          onFailed={setFailure}
        />
      </ScreenFrame>
      <PreviewControls
        isRunning={clock.isRunning}
        onToggle={clock.isRunning ? clock.hold : clock.go}
        value={atMs - timeline.startMs}
        max={timeline.endMs - timeline.startMs - 1}
        step={10_000}
        onSeek={(into) => {
          setFailure(null);
          clock.set(timeline.startMs + into);
        }}
        describe={(into) => time(timeline.startMs + into)}
      >
        <span className="tabular shrink-0 text-muted text-sm">{time(atMs)}</span>
        <Button size="sm" onClick={() => clock.set(Date.now())}>
          {t("now")}
        </Button>
      </PreviewControls>
      <p className="truncate text-muted text-sm">
        {failure ? t("failed", { text: failure }) : name ? t("shouldShow", { name }) : t("nothing")}
      </p>
    </div>
  );
}
