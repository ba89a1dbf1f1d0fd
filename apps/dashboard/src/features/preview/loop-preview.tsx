import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { passesOf } from "@vitrine/core/schedule";
import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MonitorOff } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { PreviewControls } from "./preview-controls.tsx";
import { assetAt, dayAt, type PassHead, passHeadAt } from "./preview-plan.ts";
import { StageView } from "./stage-view.tsx";
import { usePreviewClock, useTicking } from "./use-preview-clock.ts";

type Query = {
  data: ManifestPreview | undefined;
  isError: boolean;
  error: unknown;
  isFetching: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
};

/** A playlist as a screen shows it: one pass of its loop, over and over, with a slider along it. */
export function LoopPreview({
  query,
  isEmpty,
  onHead,
}: {
  query: Query;
  isEmpty: boolean;
  /** Told where the playhead stands; null: nowhere. */
  onHead: (head: PassHead | null) => void;
}) {
  const t = useTranslations("preview");
  if (isEmpty) {
    return (
      <ScreenFrame width={16} height={9} tone="neutral">
        <div className="grid size-full place-content-center justify-items-center gap-2 text-zinc-300">
          <MonitorOff aria-hidden className="size-6" />
          <p>{t("nothing")}</p>
        </div>
      </ScreenFrame>
    );
  }
  if (query.data) return <Loop preview={query.data} onHead={onHead} />;
  if (query.isError) return <QueryError query={query} />;
  return <Skeleton className="aspect-video w-full" />;
}

function Loop({ preview, onHead }: { preview: ManifestPreview; onHead: (head: PassHead | null) => void }) {
  const t = useTranslations("preview");
  const timeline = useMemo(() => dayAt(preview, Date.now()), [preview]);
  const { playlistId } = preview.manifest;
  const passes = useMemo(
    () => (playlistId === null ? [] : passesOf(preview.manifest, playlistId, timeline)),
    [preview, playlistId, timeline],
  );
  const clock = usePreviewClock(timeline.startMs);
  const atMs = useTicking(clock);
  const [failure, setFailure] = useState<string | null>(null);
  const head = passHeadAt(passes, atMs);
  const startMs = head?.pass.startMs ?? timeline.startMs;
  const passMs = head ? head.pass.endMs - startMs : 0;
  const intoMs = head ? atMs - startMs : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a head is made anew each time; it is one of its instant
  useEffect(() => {
    onHead(head ?? null);
  }, [onHead, passes, atMs]);
  useEffect(() => () => onHead(null), [onHead]);
  const showing = assetAt(preview, timeline, atMs)?.name ?? "";
  return (
    <div className="grid gap-3">
      <ScreenFrame width={16} height={9} tone="accent">
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
        value={intoMs}
        max={Math.max(passMs, 1)}
        step={500}
        onSeek={(into) => {
          setFailure(null);
          clock.set(startMs + Math.min(into, Math.max(0, passMs - 1)));
        }}
        describe={(into) => t("at", { time: formatDuration(Math.floor(into / 1000) * 1000) })}
      >
        <span className="tabular shrink-0 text-muted text-sm">
          {formatDuration(Math.floor(intoMs / 1000) * 1000)} / {formatDuration(passMs)}
        </span>
      </PreviewControls>
      <p className="truncate text-muted text-sm">
        {failure ? t("failed", { text: failure }) : t("showing", { name: showing })}
      </p>
    </div>
  );
}
