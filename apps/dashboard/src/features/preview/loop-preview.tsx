import type { ManifestPreview } from "@vitrine/core/model/manifest";
import { playheadAt } from "@vitrine/core/schedule";
import { ScreenFrame } from "@vitrine/ui/screen-frame";
import { Skeleton } from "@vitrine/ui/skeleton";
import { MonitorOff } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { formatDuration } from "../../lib/duration.ts";
import { QueryError } from "../../lib/query-states.tsx";
import { PreviewControls } from "./preview-controls.tsx";
import { assetAt, dayAt, passLengthMs } from "./preview-plan.ts";
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
  /** Where the playhead stands: the item, and how far along the pass, 0 to 1. */
  onHead: (head: { itemId: string; fraction: number } | null) => void;
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

function Loop({
  preview,
  onHead,
}: {
  preview: ManifestPreview;
  onHead: (head: { itemId: string; fraction: number } | null) => void;
}) {
  const t = useTranslations("preview");
  const timeline = useMemo(() => dayAt(preview, Date.now()), [preview]);
  const passMs = useMemo(() => passLengthMs(timeline), [timeline]);
  const clock = usePreviewClock(timeline.startMs);
  const atMs = useTicking(clock);
  const [failure, setFailure] = useState<string | null>(null);
  const intoMs = passMs > 0 ? (((atMs - timeline.startMs) % passMs) + passMs) % passMs : 0;
  const itemId = playheadAt(timeline, atMs)?.slot.itemId;
  useEffect(() => {
    onHead(itemId && passMs > 0 ? { itemId, fraction: intoMs / passMs } : null);
  }, [onHead, itemId, intoMs, passMs]);
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
          clock.set(timeline.startMs + Math.min(into, Math.max(0, passMs - 1)));
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
