import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import type { Diagnosis } from "@vitrine/core/model/device-health";
import { cn } from "@vitrine/ui/cn";
import { Skeleton } from "@vitrine/ui/skeleton";
import type { Tone } from "@vitrine/ui/status";
import { CircleCheck, History, Info, type LucideIcon, MonitorX, WifiOff } from "lucide-react";
import { useId } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { useBytes } from "../../lib/use-bytes.ts";
import { useLengthWords } from "../../lib/use-length-words.ts";
import { useWordsForUnseen } from "../businesses/use-words-for-unseen.ts";
import { DiagnosisAct } from "./diagnosis-act.tsx";
import { diagnosisWords } from "./diagnosis-words.ts";
import { diagnosisQuery } from "./screen-queries.ts";
import { useCommand } from "./use-command.tsx";

type Effect = Diagnosis["effect"];
const LOOK: Record<Effect, { tone: Tone; icon: LucideIcon }> = {
  offline: { tone: "danger", icon: WifiOff },
  black: { tone: "danger", icon: MonitorX },
  behind: { tone: "accent", icon: History },
  note: { tone: "warning", icon: Info },
};
const BOX: Record<Tone, string> = {
  success: "border-success/30",
  warning: "border-warning/40",
  danger: "border-danger/40",
  accent: "border-accent/40",
  neutral: "",
};
const ICON: Record<Tone, string> = {
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  accent: "bg-accent-soft text-accent-text",
  neutral: "bg-sunken text-muted",
};
/** The worst first: what the card is about. */
const EFFECTS: readonly Effect[] = ["offline", "black", "behind", "note"];

/** Why a screen is offline, black or behind, in words, with what to do next; says so as well when all is well. */
export function DiagnosisCard({ device }: { device: DeviceView }) {
  const t = useTranslations("diagnosis");
  const title = useId();
  const query = useQuery({ ...diagnosisQuery(device.id), select: useWordsForUnseen() });
  if (!query.data) {
    if (query.isError) return <QueryError query={query} />;
    return (
      <div role="status" className="flex h-14 items-center gap-3 rounded-lg border bg-raised px-4">
        <span className="sr-only">{t("working")}</span>
        <Skeleton className="size-8" />
        <Skeleton className="h-4 w-64 max-w-full" />
      </div>
    );
  }
  const { reasons } = query.data;
  const effect = EFFECTS.find((one) => reasons.some((reason) => reason.effect === one));
  const tone = effect ? LOOK[effect].tone : "success";
  return (
    <section
      aria-labelledby={title}
      className={cn("grid gap-3 rounded-lg border bg-raised px-4 py-3", BOX[tone])}
    >
      <StaleNotice query={query} hasData />
      {effect ? (
        <>
          <h2 id={title} className="font-semibold text-lg">
            {t(`title.${effect}`)}
          </h2>
          <ul className="grid gap-3">
            {reasons.map((reason) => (
              <Reason key={`${reason.code}-${reason.since}`} reason={reason} device={device} />
            ))}
          </ul>
        </>
      ) : (
        <div className="flex items-center gap-3">
          <Mark tone="success" icon={CircleCheck} />
          <div className="min-w-0">
            <h2 id={title} className="font-medium">
              {t("title.well")}
            </h2>
            <p className="text-muted text-sm">
              {t(device.status === "playing" ? "wellPlaying" : "wellIdle")}
            </p>
          </div>
        </div>
      )}
    </section>
  );
}

function Reason({ reason, device }: { reason: Diagnosis; device: DeviceView }) {
  const t = useTranslations("diagnosis");
  const shown = useTranslations("shown");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const bytes = useBytes();
  const length = useLengthWords();
  const command = useCommand(device);
  const words = diagnosisWords(reason, {
    t,
    bytes,
    length,
    playlistName: device.effectivePlaylist && (device.effectivePlaylist.name || shown("unseen")),
    freeBytes: device.vitals?.diskFreeBytes ?? null,
  });
  const since = reason.since === null ? null : new Date(reason.since);
  const { tone, icon } = LOOK[reason.effect];
  return (
    <li className="flex gap-3 not-first:border-t not-first:pt-3">
      <Mark tone={tone} icon={icon} />
      <div className="flex min-w-0 grow flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="grid min-w-0 max-w-prose shrink basis-[34rem] gap-1">
          <p className="font-medium">{words.title}</p>
          <p>{words.text}</p>
          {words.said ? <p className="break-words text-muted">{t("says", { text: words.said })}</p> : null}
          <p>
            <span className="font-medium">{t("todo")}: </span>
            {words.todo}
          </p>
          {since ? (
            <p className="tabular text-muted text-sm">
              {t("since", {
                time: format.dateTime(since, {
                  dateStyle: "medium",
                  timeStyle: "short",
                  timeZone: device.timeZone,
                }),
                ago: format.relativeTime(since, now),
              })}
            </p>
          ) : null}
        </div>
        <DiagnosisAct code={reason.code} device={device} command={command} />
        {command.dialog}
      </div>
    </li>
  );
}

function Mark({ tone, icon: Icon }: { tone: Tone; icon: LucideIcon }) {
  return (
    <span className={cn("grid size-8 shrink-0 place-items-center rounded-md", ICON[tone])}>
      <Icon aria-hidden className="size-4" />
    </span>
  );
}
