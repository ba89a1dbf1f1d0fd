import { useInfiniteQuery } from "@tanstack/react-query";
import type { DeviceView } from "@vitrine/core/model/device";
import type { DeviceEventKind, DeviceEventView } from "@vitrine/core/model/device-health";
import { cn } from "@vitrine/ui/cn";
import { Skeleton } from "@vitrine/ui/skeleton";
import type { Tone } from "@vitrine/ui/status";
import { VirtualRows } from "@vitrine/ui/virtual-rows";
import {
  ArrowDownToLine,
  Ban,
  CircleCheck,
  Clock,
  Copy,
  Link2,
  type LucideIcon,
  Monitor,
  Play,
  Power,
  PowerOff,
  RotateCw,
  ScrollText,
  Send,
  TriangleAlert,
  Wifi,
  WifiOff,
} from "lucide-react";
import { useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Loading, QueryError, StaleNotice } from "../../lib/query-states.tsx";
import { exactTimeWords } from "../../lib/time-words.ts";
import { useLengthWords } from "../../lib/use-length-words.ts";
import { useMore } from "../../lib/use-more.ts";
import { useScroller } from "../shell/page.tsx";
import { eventWords, toneOf } from "./event-words.ts";
import { deviceEventsQuery } from "./screen-queries.ts";

const ICONS: Record<DeviceEventKind, LucideIcon> = {
  clock_stepped: Clock,
  command: Send,
  connected: Wifi,
  display: Monitor,
  fault: TriangleAlert,
  fault_over: CircleCheck,
  identity_copied: Copy,
  lost: WifiOff,
  manifest_active: ScrollText,
  offline: WifiOff,
  online: Wifi,
  paired: Link2,
  recovered: CircleCheck,
  recovering: RotateCw,
  revoked: Ban,
  started: Power,
  state: Play,
  stopped: PowerOff,
  update: ArrowDownToLine,
};
const INK: Record<Tone, string> = {
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
  accent: "text-accent-text",
  neutral: "text-muted",
};

/** What happened to a screen, newest first, for as far back as one scrolls. */
export function EventList({ device }: { device: DeviceView }) {
  const t = useTranslations("events");
  const title = useId();
  const scroller = useScroller();
  const query = useInfiniteQuery(deviceEventsQuery(device.id));
  const more = useMore(query);
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <section aria-labelledby={title} className="grid gap-3">
      <div>
        <h2 id={title} className="font-medium">
          {t("title")}
        </h2>
        <p className="text-muted text-sm">{t("purpose")}</p>
      </div>
      <StaleNotice query={query} hasData={query.data !== undefined} />
      {query.data ? (
        events.length === 0 ? (
          <p className="text-muted">{t("empty")}</p>
        ) : (
          <VirtualRows
            items={events}
            keyOf={(event) => event.id}
            rowHeight={44}
            gap={0}
            scroller={scroller}
            label={t("title")}
            renderItem={(event) => <Line event={event} timeZone={device.timeZone} />}
            more={more}
          />
        )
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        <Loading className="grid gap-2">
          {["a", "b", "c", "d"].map((key) => (
            <Skeleton key={key} className="h-9" />
          ))}
        </Loading>
      )}
    </section>
  );
}

function Line({ event, timeZone }: { event: DeviceEventView; timeZone: string }) {
  const t = useTranslations("events");
  const commands = useTranslations("commands");
  const format = useFormatter();
  const length = useLengthWords();
  const { title, detail } = eventWords(event, { t, commands, length });
  const Icon = ICONS[event.kind];
  const at = new Date(event.at);
  return (
    <div className="grid min-h-11 items-center gap-x-4 border-t py-2 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <time dateTime={event.at} className="tabular text-muted text-sm">
        {format.dateTime(at, { weekday: "short", day: "numeric", month: "short", timeZone })}{" "}
        {exactTimeWords(format, at, timeZone)}
      </time>
      <div className="flex min-w-0 gap-2.5">
        <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", INK[toneOf(event)])} />
        <div className="min-w-0">
          <p className="break-words">{title}</p>
          {detail ? <p className="break-words text-muted text-sm">{detail}</p> : null}
        </div>
      </div>
    </div>
  );
}
