import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import type { EntryView, ListedEntry, OccurrenceScope } from "@vitrine/core/model/entry";
import { notify } from "@vitrine/ui/notices";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { useRemoval } from "../../lib/use-removal.tsx";
import { type Block, movedOccurrence, movedSeries } from "./blocks.ts";
import type { Span } from "./grip.ts";
import { withMoved, withoutOccurrences } from "./optimistic.ts";
import { CALENDAR_KEY, type CalendarEntries, TOUCHED_HEADS } from "./schedule-queries.ts";

const ScopeDialog = lazy(async () => ({ default: (await import("./scope-dialog.tsx")).ScopeDialog }));

type Change = { block: Block; scope: OccurrenceScope } & ({ kind: "move"; to: Span } | { kind: "remove" });
type Asked = { kind: "move"; block: Block; to: Span } | { kind: "remove"; block: Block };

/**
 * Moves and removes what the calendar shows: seen at once, put back with its reason when the server refuses, and with
 * a way back. Of what repeats it asks how far. Put `dialogs` somewhere in the page.
 */
export function useEntryEdits({
  timeZone,
  onRemoved,
}: {
  timeZone: string;
  onRemoved: (entryId: string) => void;
}): {
  move: (block: Block, to: Span) => void;
  remove: (block: Block) => void;
  removeWhole: (entry: Pick<EntryView, "id" | "name">) => void;
  dialogs: ReactNode;
} {
  const t = useTranslations("schedule");
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const refresh = () => {
    for (const head of TOUCHED_HEADS) void queryClient.invalidateQueries({ queryKey: [head] });
  };
  const removal = useRemoval({
    remove: ({ ids }) => api.schedule.remove.mutate({ ids }),
    restore: (input) => api.schedule.restore.mutate(input),
    heads: TOUCHED_HEADS,
    onDone: (ids) => ids.forEach(onRemoved),
  });
  const undo = useAct(
    async ({ entry, madeId }: { entry: ListedEntry; madeId: string | null }) => {
      await api.schedule.update.mutate({ id: entry.id, when: entry.when });
      if (madeId !== null) await api.schedule.remove.mutate({ ids: [madeId] });
    },
    { done: () => notify({ title: t("undone") }), settled: refresh },
  );
  const act = useAct(
    async (change: Change & { before: Snapshot }) => {
      const { block, scope } = change;
      const { id } = block.entry;
      if (change.kind === "remove") {
        await api.schedule.removeOccurrence.mutate({ id, date: block.date ?? "", scope });
        return id;
      }
      const times = movedOccurrence(block, change.to, timeZone);
      if (!times) return id;
      const moved = await api.schedule.moveOccurrence.mutate({ id, date: block.date ?? "", scope, ...times });
      return moved.id;
    },
    {
      done: (madeId, { kind, block }) => {
        const { entry } = block;
        notify({
          title: t(kind === "move" ? "moved" : "removedOne", { name: entry.name }),
          action: {
            label: t("undo"),
            onSelect: () => undo.mutate({ entry, madeId: madeId === entry.id ? null : madeId }),
          },
        });
      },
      failure: (_, { before }) => {
        for (const [key, data] of before) queryClient.setQueryData(key, data);
        return false;
      },
      settled: refresh,
    },
  );
  const begin = (change: Change) => {
    const before = queryClient.getQueriesData<CalendarEntries>({ queryKey: CALENDAR_KEY });
    void queryClient.cancelQueries({ queryKey: CALENDAR_KEY });
    queryClient.setQueriesData<CalendarEntries>({ queryKey: CALENDAR_KEY }, (known) =>
      known ? { ...known, rows: known.rows.map((row) => foreseen(row, change, timeZone)) } : known,
    );
    act.mutate({ ...change, before });
  };
  return {
    move: (block, to) => {
      if (block.date === null) return notify({ title: t("cannotMove", { name: block.entry.name }) });
      if (doesRepeat(block)) return setAsked({ kind: "move", block, to });
      begin({ kind: "move", block, to, scope: "all" });
    },
    remove: (block) => {
      if (doesRepeat(block) && block.date !== null) return setAsked({ kind: "remove", block });
      removal.ask([block.entry]);
    },
    removeWhole: (entry) => removal.ask([entry]),
    dialogs: (
      <>
        {removal.dialog}
        {asked ? (
          <Suspense>
            <ScopeDialog
              kind={asked.kind}
              name={asked.block.entry.name}
              date={asked.block.date ?? ""}
              onClose={() => setAsked(null)}
              onChoose={(scope) => {
                setAsked(null);
                if (asked.kind === "remove" && scope === "all") return removal.ask([asked.block.entry]);
                begin({ ...asked, scope });
              }}
            />
          </Suspense>
        ) : null}
      </>
    ),
  };
}

/** An entry as it will be once the server has made a change; the next change is counted from that. */
function foreseen(entry: ListedEntry, change: Change, timeZone: string): ListedEntry {
  const { block, scope } = change;
  if (entry.id !== block.entry.id) return entry;
  if (change.kind === "remove") return withoutOccurrences(entry, block, scope);
  const times = movedOccurrence(block, change.to, timeZone);
  if (!times) return entry;
  const moved = withMoved(entry, { ...change, toDate: times.start.slice(0, 10), timeZone });
  return scope === "all" ? { ...moved, when: movedSeries(block, times) } : moved;
}

type Snapshot = [QueryKey, CalendarEntries | undefined][];

function doesRepeat({ entry: { when } }: Block): boolean {
  return when !== null && (when.recurrence !== null || when.extraDates.length > 0);
}
