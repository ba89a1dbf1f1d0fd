import { WEEKDAYS, type Weekday } from "@vitrine/core/model/schedule";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { IconButton } from "@vitrine/ui/icon-button";
import { Input } from "@vitrine/ui/input";
import { CircleAlert, Trash2 } from "lucide-react";
import { useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { weekdayName } from "./dayparts-words.ts";
import { useWindowWords } from "./use-window-words.ts";

type Edited = { weekdays: Weekday[]; start: string; end: string };

/** One window of time: its days as buttons, its start and end, and what that comes to in words. */
export function DaypartWindow({
  window,
  number,
  errors,
  onChange,
  onRemove,
}: {
  window: Edited;
  number: number;
  errors: { weekdays?: string | undefined; start?: string | undefined; end?: string | undefined };
  onChange: (window: Edited) => void;
  onRemove?: (() => void) | undefined;
}) {
  const t = useTranslations("dayparts");
  const format = useFormatter();
  const words = useWindowWords();
  const id = useId();
  const toggle = (day: Weekday) =>
    onChange({
      ...window,
      weekdays: WEEKDAYS.filter((one) => (one === day) !== window.weekdays.includes(one)),
    });
  const isWhole = window.weekdays.length > 0 && window.start !== "" && window.end !== "";
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-lg border p-3">
      <legend className="sr-only">{t("windowNumber", { number })}</legend>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <fieldset
          className="flex flex-wrap gap-1"
          aria-describedby={errors.weekdays ? `${id}-days` : undefined}
        >
          <legend className="sr-only">{t("weekdays")}</legend>
          {WEEKDAYS.map((day) => (
            <button
              key={day}
              type="button"
              aria-pressed={window.weekdays.includes(day)}
              onClick={() => toggle(day)}
              className="h-8 min-w-10 rounded-md border border-control/50 px-1.5 font-medium text-muted text-sm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text pointer-coarse:h-10"
            >
              {weekdayName(day, format)}
            </button>
          ))}
        </fieldset>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => onChange({ ...window, weekdays: window.weekdays.length === 7 ? [] : [...WEEKDAYS] })}
        >
          {window.weekdays.length === 7 ? t("noDay") : t("everyDay")}
        </Button>
        {onRemove ? (
          <IconButton label={t("removeWindow", { number })} onClick={onRemove} className="ms-auto text-muted">
            <Trash2 aria-hidden />
          </IconButton>
        ) : null}
      </div>
      {errors.weekdays ? (
        <p id={`${id}-days`} role="alert" className="flex items-center gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="size-3.5" />
          {errors.weekdays}
        </p>
      ) : null}
      <div className="flex flex-wrap items-start gap-3">
        <Field label={t("start")} error={errors.start} className="w-32">
          {(control) => (
            <Input
              {...control}
              type="time"
              value={window.start}
              className="tabular"
              onChange={(event) => onChange({ ...window, start: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("end")} error={errors.end} className="w-32">
          {(control) => (
            <Input
              {...control}
              type="time"
              value={window.end}
              className="tabular"
              onChange={(event) => onChange({ ...window, end: event.target.value })}
            />
          )}
        </Field>
        <p className="tabular min-w-0 grow basis-40 self-end py-1.5 text-muted" aria-live="polite">
          {isWhole ? words.all(window) : ""}
        </p>
      </div>
    </fieldset>
  );
}
