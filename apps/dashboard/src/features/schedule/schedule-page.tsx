import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { useMediaQuery } from "@vitrine/ui/use-media-query";
import { CalendarPlus } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import type { Part } from "../../lib/search-params.ts";
import { useCan, useSession } from "../../lib/session.ts";
import { enSchedule } from "../../messages/en-schedule.ts";
import { useWordsForUnseen } from "../businesses/use-words-for-unseen.ts";
import { deviceQuery } from "../screens/device-queries.ts";
import { Page } from "../shell/page.tsx";
import { blocksOf } from "./blocks.ts";
import { datesOf, rangeOf, stepDate } from "./calendar-range.ts";
import { FindingsStrip, gapsOf } from "./findings-strip.tsx";
import type { Span } from "./grip.ts";
import { calendarQuery, groupNameQuery, lintQuery } from "./schedule-queries.ts";
import { ScheduleResults } from "./schedule-results.tsx";
import type { CalendarView } from "./schedule-search.ts";
import { NEW_ENTRY, type ScheduleSearch, withoutEntry, withPart } from "./schedule-search.ts";
import { ScheduleToolbar } from "./schedule-toolbar.tsx";
import type { Shown } from "./target-filter.tsx";
import { useCalendarKeys } from "./use-calendar-keys.ts";
import { useCalendarWords } from "./use-calendar-words.ts";
import { useEntryEdits } from "./use-entry-edits.tsx";
import { useNow } from "./use-now.ts";
import { dateOf, HOUR_MS, localText, startOf, wallAt, wallOf } from "./wall-time.ts";

const EntryPanel = lazy(async () => ({ default: (await import("./entry-panel.tsx")).EntryPanel }));
const NO_ROWS: readonly never[] = [];

/** What plays when and where, as a calendar; an entry's details open beside it. */
export function SchedulePage() {
  return (
    <MoreMessages messages={enSchedule}>
      <Schedule />
    </MoreMessages>
  );
}

function Schedule() {
  const t = useTranslations("schedule");
  const can = useCan();
  const search = useSearch({ from: "/app/schedule" });
  const navigate = useNavigate({ from: "/schedule" });
  const isNarrow = useMediaQuery("(max-width: 47.99rem)");
  const words = useCalendarWords();
  const { shown, timeZone, zoneText } = useShown(search);
  const nowMs = wallAt(new Date(useNow(30_000)).toISOString(), timeZone ?? "UTC");

  const view: CalendarView = search.view ?? (isNarrow ? "day" : "week");
  const date = search.date ?? dateOf(nowMs);
  const range = rangeOf(view, date, words.firstWeekday);
  const entries = useQuery({
    ...calendarQuery({
      ...range,
      timeZone: timeZone ?? "UTC",
      ...(search.screen ? { deviceId: search.screen } : {}),
      ...(search.group ? { groupId: search.group } : {}),
    }),
    enabled: timeZone !== undefined,
  });
  const lint = useQuery({
    ...lintQuery(search.screen ?? "", range, timeZone ?? "UTC"),
    enabled: search.screen !== undefined && timeZone !== undefined,
    select: useWordsForUnseen(),
  });
  const rows = entries.data?.rows ?? NO_ROWS;
  const blocks = useMemo(() => blocksOf(rows, timeZone ?? "UTC"), [rows, timeZone]);
  const findings = (search.screen ? lint.data?.findings : undefined) ?? NO_ROWS;
  const gaps = useMemo(() => gapsOf(findings, timeZone ?? "UTC"), [findings, timeZone]);

  const change = (part: Part<ScheduleSearch>, isStep = false) =>
    void navigate({ search: (now) => withPart(now, part), replace: !isStep });
  const close = () => void navigate({ search: withoutEntry, replace: true });
  const edits = useEntryEdits({
    timeZone: timeZone ?? "UTC",
    onRemoved: (id) => {
      if (id === search.entry) void navigate({ search: withoutEntry, replace: true, ignoreBlocker: true });
    },
  });
  const plan = ({ start, end }: Span) =>
    void navigate({
      search: (now) => ({
        ...withoutEntry(now),
        entry: NEW_ENTRY,
        start: localText(start),
        end: localText(end),
      }),
      replace: true,
    });
  const planNext = () => {
    const today = dateOf(nowMs);
    const isTodayShown = today >= range.from && today < range.until;
    const start = isTodayShown ? Math.ceil(nowMs / HOUR_MS) * HOUR_MS : startOf(date) + 9 * HOUR_MS;
    plan({ start, end: start + HOUR_MS });
  };
  const step = (by: 1 | -1) => change({ date: stepDate(view, date, by) });
  const goToday = () => change({ date: undefined });
  useCalendarKeys({ onToday: goToday, onView: (next) => change({ view: next }) });

  return (
    <Page
      title={t("title")}
      purpose={`${t("purpose")} ${zoneText}`}
      action={
        can("schedule.create") ? (
          <Button variant="primary" onClick={planNext}>
            <CalendarPlus aria-hidden />
            {t("new")}
          </Button>
        ) : null
      }
      aside={
        search.entry && timeZone ? (
          <Suspense>
            <EntryPanel
              key={search.entry}
              search={search}
              shown={shown}
              timeZone={timeZone}
              nowMs={nowMs}
              onClose={close}
              onRemove={edits.removeWhole}
              onOpen={(entry) =>
                void navigate({
                  search: (now) => ({ ...withoutEntry(now), entry }),
                  replace: true,
                  ignoreBlocker: true,
                })
              }
            />
          </Suspense>
        ) : null
      }
    >
      <ScheduleToolbar
        view={view}
        title={words.title(view, date, range)}
        shown={shown}
        onView={(next) => change({ view: next }, true)}
        onStep={step}
        onToday={goToday}
        onShown={(next) =>
          change({
            screen: next.kind === "screen" ? next.id : undefined,
            group: next.kind === "group" ? next.id : undefined,
          })
        }
      />
      <FindingsStrip findings={findings} timeZone={timeZone ?? "UTC"} words={words} />
      <ScheduleResults
        query={entries}
        shown={shown}
        onPlan={planNext}
        onClear={() => change({ screen: undefined, group: undefined })}
        month={date.slice(0, 7)}
        calendar={{
          view,
          dates: datesOf(range),
          blocks,
          words,
          nowMs,
          gaps,
          mayCreate: can("schedule.create"),
          mayEdit: can("schedule.edit"),
          mayRemove: can("schedule.delete"),
          selectedId: search.entry,
          draft:
            search.entry === NEW_ENTRY && search.start && search.end
              ? { start: wallOf(search.start), end: wallOf(search.end) }
              : undefined,
          onPlan: plan,
          onOpen: (block) =>
            void navigate({
              search: (now) => ({
                ...withoutEntry(now),
                entry: block.entry.id,
                ...(block.date ? { on: block.date } : {}),
              }),
              replace: true,
            }),
          onMove: edits.move,
          onRemove: edits.remove,
          onDay: (day) => change({ view: "day", date: day }, true),
          onStep: step,
        }}
      />
      {edits.dialogs}
    </Page>
  );
}

/** Whose schedule the address asks for, and the zone that its times are in; undefined while the screen is looked up. */
function useShown(search: ScheduleSearch): { shown: Shown; timeZone: string | undefined; zoneText: string } {
  const t = useTranslations("schedule");
  const { organization } = useSession();
  const { group, screen } = search;
  const device = useQuery({ ...deviceQuery(screen ?? ""), enabled: screen !== undefined });
  const groupName = useQuery({ ...groupNameQuery(group ?? ""), enabled: group !== undefined });
  const own = organization.timeZone;
  if (screen !== undefined) {
    const name = device.data?.name ?? "…";
    const zone = device.data?.timeZone ?? (device.isError ? own : undefined);
    return {
      shown: { kind: "screen", id: screen, name },
      timeZone: zone,
      zoneText: zone ? t("zoneOf", { name, zone }) : "",
    };
  }
  const zoneText = t("zone", { zone: own });
  if (group === undefined) return { shown: { kind: "all" }, timeZone: own, zoneText };
  const name = groupName.data ?? "…";
  return {
    shown: { kind: "group", id: group, name },
    timeZone: groupName.isPending ? undefined : own,
    zoneText,
  };
}
