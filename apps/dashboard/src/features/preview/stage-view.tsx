import type { ManifestPreview } from "@vitrine/core/model/manifest";
import type { Timeline } from "@vitrine/core/schedule";
import { useCallback, useEffect } from "react";
import { HeldFilm } from "./held-film.tsx";
import { filmsAt, nextTellMs, planFor } from "./preview-plan.ts";
import type { FromStage } from "./stage-messages.ts";
import type { PreviewClock } from "./use-preview-clock.ts";
import { STAGE_URL, useStageFrame } from "./use-stage-frame.ts";

const LONGEST_WAIT_MS = 60_000;

/** The real stage in a frame, told by the same core what the screens are told. */
export function StageView({
  preview,
  timeline,
  clock,
  title,
  onFailed,
}: {
  preview: ManifestPreview;
  timeline: Timeline;
  clock: PreviewClock;
  title: string;
  onFailed?: (text: string) => void;
}) {
  const listen = useCallback(
    (message: FromStage) => {
      if (message.kind === "failed") onFailed?.(message.text);
    },
    [onFailed],
  );
  const { frame, isReady, say } = useStageFrame(listen);

  const { at, isRunning, run } = clock;
  useEffect(() => {
    if (!isReady) return;
    say({ kind: "settings", rotation: 0, volumePercent: 0 });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const atMs = at();
      // The day is over: its last picture stays until the next day has been worked out.
      if (atMs >= timeline.endMs) return;
      say(planFor(preview, timeline, { atMs, wallMs: Date.now(), isHeld: !isRunning, run }));
      if (!isRunning) return;
      timer = setTimeout(
        tell,
        Math.min(LONGEST_WAIT_MS, Math.max(0, nextTellMs(timeline, atMs) - atMs) + 20),
      );
    };
    tell();
    return () => clearTimeout(timer);
  }, [isReady, say, at, isRunning, run, preview, timeline]);

  const findPlaying = useCallback(
    (src: string) => {
      const films = frame.current?.contentDocument?.querySelectorAll("video") ?? [];
      const full = new URL(src, window.location.href).href;
      return [...films].find(
        (film) =>
          film.currentSrc === full && !film.paused && film.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
      );
    },
    [frame],
  );
  const held = isRunning ? [] : filmsAt(preview, timeline, at());
  return (
    <>
      <iframe
        ref={frame}
        src={STAGE_URL}
        title={title}
        tabIndex={-1}
        className="pointer-events-none absolute inset-0 size-full border-0"
      />
      {held.map(({ key, src, atS, box }) => (
        <HeldFilm key={key} src={src} atS={atS} box={box} findPlaying={findPlaying} />
      ))}
    </>
  );
}
