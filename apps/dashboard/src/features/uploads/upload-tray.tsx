import { useQueries } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { IconButton } from "@vitrine/ui/icon-button";
import { Progress } from "@vitrine/ui/progress";
import { ChevronDown, ChevronUp, MonitorPlay, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useBytes } from "../../lib/use-bytes.ts";
import { assetQuery } from "../content/asset-queries.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { UploadLine } from "./upload-line.tsx";
import { summary, type Upload } from "./upload-state.ts";
import { useUploads } from "./uploads-context.tsx";

/** What is on its way up: each file and all together, with cancel and retry, and what to do next. */
export function UploadTray() {
  const t = useTranslations("uploads");
  const bytes = useBytes();
  const can = useCan();
  const actions = useAppActions();
  const { manager, state } = useUploads();
  const [isOpen, setOpen] = useState(true);
  const total = summary(state);
  const { playable, unplayable } = usePrepared(state.uploads);
  const title =
    total.underWay > 0
      ? t("underWay", { count: total.underWay })
      : total.failed + unplayable > 0
        ? t("someFailed", { count: total.failed + unplayable })
        : t("allSent", { count: total.sent });
  return (
    <section
      aria-label={t("title")}
      className="fixed inset-x-2 bottom-18 z-30 overflow-hidden rounded-lg border bg-raised shadow-lift sm:start-auto sm:end-4 sm:bottom-4 sm:w-96"
    >
      <header className="flex items-center gap-1 py-1.5 ps-4 pe-2">
        <p className="min-w-0 grow truncate font-medium" aria-live="polite">
          {title}
        </p>
        {total.underWay > 0 ? (
          <span className="tabular text-muted text-sm">
            {bytes(total.sentBytes)} / {bytes(total.sizeBytes)}
          </span>
        ) : null}
        <IconButton
          label={isOpen ? t("fold") : t("unfold")}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
        </IconButton>
        {total.underWay === 0 ? (
          <IconButton label={t("close")} onClick={() => manager.clear()}>
            <X aria-hidden />
          </IconButton>
        ) : null}
      </header>
      {total.underWay > 0 ? (
        <Progress value={total.fraction} label={t("total")} className="px-4 pb-2" />
      ) : null}
      {isOpen ? (
        <ul className="max-h-64 overflow-y-auto border-t">
          {state.uploads.map((upload) => (
            <UploadLine
              key={upload.key}
              upload={upload}
              onCancel={() => manager.cancel(upload.key)}
              onRetry={() => manager.retry(upload.key)}
            />
          ))}
        </ul>
      ) : null}
      {total.underWay === 0 && playable.length > 0 && can("devices.assign") && can("playlists.create") ? (
        <footer className="flex justify-end border-t p-2">
          <Button variant="primary" onClick={() => actions.playOnScreen(playable)}>
            <MonitorPlay aria-hidden />
            {t("playOnScreen")}
          </Button>
        </footer>
      ) : null}
    </section>
  );
}

/** What became of the files that are at the server: those that will play, and how many never will. */
function usePrepared(uploads: readonly Upload[]): { playable: readonly string[]; unplayable: number } {
  const ids = uploads.flatMap((one) => (one.phase === "sent" && one.assetId ? [one.assetId] : []));
  const assets = useQueries({ queries: ids.map((id) => assetQuery(id)) });
  const playable = ids.filter((_, index) => assets[index]?.data?.state !== "failed");
  return { playable, unplayable: ids.length - playable.length };
}
