import type { ManifestPreview } from "@vitrine/core/model/manifest";
import type { Timeline } from "@vitrine/core/schedule";
import { useCallback, useEffect, useRef, useState } from "react";
import { HeldFilm } from "./held-film.tsx";
import { filmsAt, nextTellMs, planFor } from "./preview-plan.ts";
import { readStageMessage, type ToStage } from "./stage-messages.ts";
import type { PreviewClock } from "./use-preview-clock.ts";

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
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const say = useCallback((message: ToStage) => {
    frame.current?.contentWindow?.postMessage(message, window.location.origin);
  }, []);

  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.source !== frame.current?.contentWindow || event.origin !== window.location.origin) return;
      const message = readStageMessage(event.data);
      if (message?.kind === "ready") setReady(true);
      if (message?.kind === "failed") onFailed?.(message.text);
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [onFailed]);

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

  const findPlaying = useCallback((src: string) => {
    const films = frame.current?.contentDocument?.querySelectorAll("video") ?? [];
    const full = new URL(src, window.location.href).href;
    return [...films].find(
      (film) =>
        film.currentSrc === full && !film.paused && film.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
    );
  }, []);
  const held = isRunning ? [] : filmsAt(preview, timeline, at());
  return (
    <>
      <iframe
        ref={frame}
        src="/stage/?bridge=parent"
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
