import { useQueryClient } from "@tanstack/react-query";
import type { RunningOverride } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { notify } from "@vitrine/ui/notices";
import { Progress } from "@vitrine/ui/progress";
import { ChevronDown, Siren, Square } from "lucide-react";
import { useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan, useSession } from "../../lib/session.ts";
import { timeWords } from "../../lib/time-words.ts";
import { useAct } from "../../lib/use-act.ts";
import { shownContentOf } from "../shown/shown-content.ts";
import { ShownPicture } from "../shown/shown-picture.tsx";
import { useTargetWords } from "../targets/use-target-words.ts";
import { runningOverridesQuery } from "./override-queries.ts";
import { ReceiptList } from "./receipt-list.tsx";
import { timeLeft } from "./time-left.ts";

const REST = ["received", "waiting", "offline"] as const;

/** An override that is running: what, where, how long still, and how many screens have it. */
export function OverrideCard({ override, nowMs }: { override: RunningOverride; nowMs: number }) {
  const t = useTranslations("runningOverride");
  const format = useFormatter();
  const can = useCan();
  const where = useTargetWords();
  const queryClient = useQueryClient();
  const title = useId();
  const receipts = useId();
  const { timeZone } = useSession().organization;
  const [isOpen, setOpen] = useState(false);
  const { entry, startedAt, endsAt, counts } = override;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const time = (at: string) => timeWords(format, new Date(at), timeZone);
  const end = useAct(() => api.schedule.endOverride.mutate({ id: entry.id }), {
    done: () => {
      queryClient.setQueryData(runningOverridesQuery.queryKey, (now) =>
        now?.filter((one) => one.entry.id !== entry.id),
      );
      notify({ title: t("ended", { name: entry.name }) });
    },
    settled: () => {
      for (const head of ["overview", "entry", "preview", "device"]) {
        void queryClient.invalidateQueries({ queryKey: [head] });
      }
    },
  });
  return (
    <article
      aria-labelledby={title}
      className="relative overflow-hidden rounded-lg border border-danger/40 bg-raised ps-1"
    >
      <span aria-hidden className="absolute inset-y-0 start-0 w-1 bg-edge-danger" />
      <div className="grid gap-3 p-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <ShownPicture content={shownContentOf(entry)} className="w-22" />
          <div className="grid min-w-0 grow basis-52 gap-0.5">
            <h2 id={title} className="flex items-center gap-2 font-semibold text-lg">
              <Siren aria-hidden className="size-4 shrink-0 text-danger" />
              <span className="sr-only">{t("labelBefore")}</span>
              <span className="min-w-0 break-words">{entry.name}</span>
            </h2>
            <p className="break-words text-muted">
              {t("facts", {
                where: where(entry.targets),
                since: time(startedAt),
                until: endsAt ? t("until", { time: time(endsAt) }) : t("endless"),
              })}
            </p>
          </div>
          {endsAt ? (
            <p role="timer" className="tabular font-semibold text-danger text-lg">
              <Left endsAtMs={Date.parse(endsAt)} nowMs={nowMs} />
            </p>
          ) : null}
          {can("schedule.override") ? (
            <Button
              isBusy={end.isPending}
              aria-label={t("endNowOf", { name: entry.name })}
              onClick={() => end.mutate(undefined)}
            >
              <Square aria-hidden />
              {t("endNow")}
            </Button>
          ) : null}
        </div>
        {total === 0 ? (
          <p className="text-muted">{t("noScreens")}</p>
        ) : (
          <div className="grid gap-1.5">
            <Progress
              value={counts.on_glass / total}
              tone="success"
              label={t("progress", { name: entry.name })}
            />
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <p className="tabular min-w-0 grow">
                <span className="font-medium">{t("confirmed", { done: counts.on_glass, total })}</span>
                {REST.filter((state) => counts[state] > 0).map((state) => (
                  <span key={state} className={state === "offline" ? "text-danger" : "text-muted"}>
                    {" ·\u00a0"}
                    {t(`count.${state}`, { count: counts[state] })}
                  </span>
                ))}
              </p>
              <Button
                size="sm"
                variant="ghost"
                aria-expanded={isOpen}
                aria-controls={receipts}
                onClick={() => setOpen(!isOpen)}
              >
                {isOpen ? t("hide") : t("show")}
                <ChevronDown aria-hidden className={isOpen ? "rotate-180" : ""} />
              </Button>
            </div>
          </div>
        )}
      </div>
      <div id={receipts} className={isOpen ? "border-t" : undefined}>
        {isOpen ? <ReceiptList id={entry.id} label={t("screens", { name: entry.name })} /> : null}
      </div>
    </article>
  );
}

function Left({ endsAtMs, nowMs }: { endsAtMs: number; nowMs: number }) {
  const t = useTranslations("runningOverride");
  const left = timeLeft(endsAtMs, nowMs);
  switch (left.kind) {
    case "over":
      return t("left.over");
    case "days":
      return t("left.days", left);
    case "hours":
      return t("left.hours", left);
    case "minutes":
      return t("left.minutes", { minutes: left.minutes, seconds: String(left.seconds).padStart(2, "0") });
  }
}
