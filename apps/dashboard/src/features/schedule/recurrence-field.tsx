import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { CircleAlert, Repeat } from "lucide-react";
import { useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { DateList } from "./date-list.tsx";
import type { WhenValues } from "./entry-values.ts";
import { recurrenceInWords, weekdayName } from "./recurrence-words.ts";
import { choiceFor, type RuleChoice, readChoice, readRule, textOfChoice, weekdayOf } from "./rule-choice.ts";
import { RuleControls } from "./rule-controls.tsx";
import { useCalendarWords } from "./use-calendar-words.ts";

const WORKDAYS = ["MO", "TU", "WE", "TH", "FR"] as const;
const PRESETS = ["daily", "workdays", "weekly", "monthly", "yearly", "custom"] as const;
type Preset = (typeof PRESETS)[number];

/** How an entry repeats: a usual way, or one of its own; said in words, with the days that are left out and added. */
export function RecurrenceField({
  when,
  onChange,
  error,
  isNew,
}: {
  when: WhenValues;
  onChange: (when: WhenValues) => void;
  error: string | undefined;
  isNew: boolean;
}) {
  const t = useTranslations("entry");
  const words = useTranslations("recurrence");
  const format = useFormatter();
  const locale = useLocale();
  const calendar = useCalendarWords();
  const [isOwn, setOwn] = useState(false);
  const start = when.startDate === "" ? "2026-01-01" : when.startDate;
  const rule = readRule(when.recurrence);
  const choice = readChoice(when.recurrence, start);
  const preset = isOwn || !choice ? "custom" : presetOf(choice, start);
  const set = (next: RuleChoice) => onChange({ ...when, recurrence: textOfChoice(next) });
  const choose = (next: Preset) => {
    setOwn(next === "custom");
    const ending = choice?.ending ?? { kind: "never" };
    if (next !== "custom") set({ ...presetChoice(next, start), ending });
    else if (!choice) set(choiceFor("WEEKLY", start));
  };
  return (
    <div className="grid gap-3">
      <Field label={t("presets.label")} error={error}>
        {(control) => (
          <Select
            control={control}
            value={preset}
            onChange={choose}
            options={PRESETS.map((one) => ({
              value: one,
              label: t(`presets.${one}`, { day: weekdayName(weekdayOf(start), "long", locale) }),
            }))}
          />
        )}
      </Field>
      {choice ? (
        <RuleControls choice={choice} startDate={start} isFull={preset === "custom"} onChange={set} />
      ) : (
        <div className="grid justify-items-start gap-2 rounded-lg border border-dashed p-3 text-muted text-sm">
          <p className="flex gap-2">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t("ruleKept")}
          </p>
          <Button size="sm" onClick={() => set(choiceFor(rule?.freq ?? "WEEKLY", start))}>
            {t("replaceRule")}
          </Button>
        </div>
      )}
      {rule ? (
        <p
          aria-live="polite"
          className="flex gap-2 rounded-lg bg-accent-soft px-3 py-2 font-medium text-accent-text"
        >
          <Repeat aria-hidden className="mt-0.5 size-4 shrink-0" />
          {recurrenceInWords(rule, { t: words, format, date: calendar.date })}
        </p>
      ) : null}
      {isNew ? null : <p className="text-muted text-sm">{t("seriesNote")}</p>}
      <DateList
        label={t("exceptDates")}
        dates={when.exceptDates}
        onChange={(exceptDates) => onChange({ ...when, exceptDates })}
      />
      <DateList
        label={t("extraDates")}
        dates={when.extraDates}
        onChange={(extraDates) => onChange({ ...when, extraDates })}
      />
    </div>
  );
}

function presetChoice(preset: Exclude<Preset, "custom">, start: string): RuleChoice {
  switch (preset) {
    case "daily":
      return choiceFor("DAILY", start);
    case "workdays":
      return { ...choiceFor("WEEKLY", start), weekdays: WORKDAYS };
    case "weekly":
      return choiceFor("WEEKLY", start);
    case "monthly":
      return choiceFor("MONTHLY", start);
    case "yearly":
      return choiceFor("YEARLY", start);
  }
}

function presetOf(choice: RuleChoice, start: string): Preset {
  const plain = textOfChoice({ ...choice, ending: { kind: "never" } });
  const found = PRESETS.find((one) => one !== "custom" && textOfChoice(presetChoice(one, start)) === plain);
  return found ?? "custom";
}
