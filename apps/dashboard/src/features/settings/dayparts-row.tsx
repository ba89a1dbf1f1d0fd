import { useQueryClient } from "@tanstack/react-query";
import type { DaypartView } from "@vitrine/core/model/daypart";
import { WEEKDAYS } from "@vitrine/core/model/schedule";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Copy, Ellipsis, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useAct } from "../../lib/use-act.ts";
import { useRemoval } from "../../lib/use-removal.tsx";
import { weekdayName } from "./dayparts-words.ts";
import { useMayDayparts } from "./use-may-dayparts.ts";
import { useWindowWords } from "./use-window-words.ts";

const HEADS = ["daypart", "entry", "playlist", "preview"] as const;

/** One daypart: its hours in words, the days it is on, and what can be done to it. */
export function DaypartRow({ daypart, onEdit }: { daypart: DaypartView; onEdit: () => void }) {
  const t = useTranslations("dayparts");
  const words = useWindowWords();
  const may = useMayDayparts();
  const mayEdit = may("schedule.edit") && daypart.isActive;
  return (
    <li className="flex items-start gap-4 py-3 ps-4 pe-2 not-first:border-t">
      <Week daypart={daypart} />
      <div className="grid min-w-0 grow gap-1">
        <p className="truncate font-medium">
          {mayEdit ? (
            <button type="button" onClick={onEdit} className="max-w-full truncate rounded-sm hover:underline">
              {daypart.name}
            </button>
          ) : (
            daypart.name
          )}
        </p>
        <ul className="tabular grid gap-0.5 text-sm">
          {daypart.windows.map((window) => {
            const said = words.all(window);
            return <li key={said}>{said}</li>;
          })}
        </ul>
        <p className="text-muted text-sm">
          {[
            daypart.exceptDates.length > 0 ? t("exceptCount", { count: daypart.exceptDates.length }) : "",
            t("uses", { count: daypart.useCount }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <Actions daypart={daypart} onEdit={onEdit} />
    </li>
  );
}

function Week({ daypart }: { daypart: DaypartView }) {
  const format = useFormatter();
  const days = new Set(daypart.windows.flatMap((window) => window.weekdays));
  return (
    <span aria-hidden className="mt-0.5 hidden gap-0.5 sm:flex">
      {WEEKDAYS.map((day) => (
        <span
          key={day}
          className={cn(
            "grid size-6 place-items-center rounded-sm border font-medium text-muted text-xs",
            days.has(day) && "border-accent bg-accent-soft text-accent-text",
          )}
        >
          {weekdayName(day, format, "narrow")}
        </span>
      ))}
    </span>
  );
}

function Actions({ daypart, onEdit }: { daypart: DaypartView; onEdit: () => void }) {
  const t = useTranslations("dayparts");
  const may = useMayDayparts();
  const queryClient = useQueryClient();
  const duplicate = useAct(() => api.dayparts.duplicate.mutate({ id: daypart.id }), {
    done: (copy) => notify({ title: t("duplicated", { name: copy.name }) }),
    settled: () => void queryClient.invalidateQueries({ queryKey: ["daypart"] }),
  });
  const removal = useRemoval({
    remove: (input) => api.dayparts.remove.mutate(input),
    restore: (input) => api.dayparts.restore.mutate(input),
    heads: HEADS,
  });
  if (!may("schedule.edit") && !may("schedule.create") && !may("schedule.delete")) return null;
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: daypart.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {daypart.isActive ? (
          <>
            {may("schedule.edit") ? (
              <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
                {t("edit")}
              </MenuItem>
            ) : null}
            {may("schedule.create") ? (
              <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate.mutate(undefined)}>
                {t("duplicate")}
              </MenuItem>
            ) : null}
            {may("schedule.delete") ? (
              <>
                <MenuSeparator />
                <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => removal.ask([daypart])}>
                  {t("remove")}
                </MenuItem>
              </>
            ) : null}
          </>
        ) : may("schedule.delete") ? (
          <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => removal.restore([daypart])}>
            {t("restore")}
          </MenuItem>
        ) : null}
      </Menu>
      {removal.dialog}
    </>
  );
}
