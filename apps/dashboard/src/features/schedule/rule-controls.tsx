import { WEEKDAYS } from "@vitrine/core/model/schedule";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Select } from "@vitrine/ui/select";
import { useLocale, useTranslations } from "use-intl";
import { placeInWords, weekdayName } from "./recurrence-words.ts";
import {
  choiceFor,
  type Ending,
  FREQUENCIES,
  type MonthDay,
  monthDaysOf,
  type RuleChoice,
} from "./rule-choice.ts";
import { addDays } from "./wall-time.ts";

/** The controls of a rule: its unit, its days, and when it ends. Without `isFull` only the end. */
export function RuleControls({
  choice,
  startDate,
  isFull,
  onChange,
}: {
  choice: RuleChoice;
  startDate: string;
  isFull: boolean;
  onChange: (choice: RuleChoice) => void;
}) {
  const t = useTranslations("entry");
  return (
    <div className="grid gap-3">
      {isFull ? (
        <>
          <div className="grid grid-cols-2 gap-2">
            <Field label={t("interval")}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={1}
                  max={1000}
                  value={choice.interval}
                  onChange={(event) => {
                    const interval = Math.min(1000, Math.max(1, Math.trunc(event.target.valueAsNumber) || 1));
                    onChange({ ...choice, interval });
                  }}
                />
              )}
            </Field>
            <Field label={t("freqLabel")}>
              {(control) => (
                <Select
                  control={control}
                  value={choice.freq}
                  onChange={(freq) =>
                    onChange({
                      ...choiceFor(freq, startDate),
                      interval: choice.interval,
                      ending: choice.ending,
                    })
                  }
                  options={FREQUENCIES.map((freq) => ({
                    value: freq,
                    label: t(`freq.${freq}`, { count: choice.interval }),
                  }))}
                />
              )}
            </Field>
          </div>
          {choice.freq === "WEEKLY" ? <Weekdays choice={choice} onChange={onChange} /> : null}
        </>
      ) : null}
      {choice.freq === "MONTHLY" ? (
        <DayOfMonth choice={choice} startDate={startDate} onChange={onChange} />
      ) : null}
      <EndingFields
        ending={choice.ending}
        startDate={startDate}
        onChange={(ending) => onChange({ ...choice, ending })}
      />
    </div>
  );
}

type Props = { choice: RuleChoice; onChange: (choice: RuleChoice) => void };

function Weekdays({ choice, onChange }: Props) {
  const t = useTranslations("entry");
  const locale = useLocale();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium">{t("weekdays")}</legend>
      <div className="grid grid-cols-7 gap-1">
        {WEEKDAYS.map((day) => {
          const isOn = choice.weekdays.includes(day);
          const next = WEEKDAYS.filter((one) => (one === day ? !isOn : choice.weekdays.includes(one)));
          return (
            <button
              key={day}
              type="button"
              aria-label={weekdayName(day, "long", locale)}
              aria-pressed={isOn}
              onClick={() => (next.length > 0 ? onChange({ ...choice, weekdays: next }) : undefined)}
              className="h-8 min-w-0 rounded-md border border-control/50 text-sm transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent pointer-coarse:h-10"
            >
              {weekdayName(day, "short", locale)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function DayOfMonth({ choice, startDate, onChange }: Props & { startDate: string }) {
  const t = useTranslations("entry");
  const words = useTranslations("recurrence");
  const locale = useLocale();
  const label = (day: MonthDay) => {
    if (day.kind === "day") {
      return day.day === -1 ? t("monthDayLast") : t("monthDayNth", { place: placeInWords(day.day, words) });
    }
    return t("monthWeekday", {
      place: placeInWords(day.ordinal, words),
      day: weekdayName(day.weekday, "long", locale),
    });
  };
  const keyOf = (day: MonthDay) => (day.kind === "day" ? String(day.day) : `${day.ordinal}${day.weekday}`);
  const own = keyOf(choice.monthDay);
  const fitting = monthDaysOf(startDate);
  const options = fitting.some((day) => keyOf(day) === own) ? fitting : [choice.monthDay, ...fitting];
  return (
    <Field label={t("monthDay")}>
      {(control) => (
        <Select
          control={control}
          value={own}
          onChange={(key) => {
            const monthDay = options.find((day) => keyOf(day) === key);
            if (monthDay) onChange({ ...choice, monthDay });
          }}
          options={options.map((day) => ({ value: keyOf(day), label: label(day) }))}
        />
      )}
    </Field>
  );
}

function EndingFields({
  ending,
  startDate,
  onChange,
}: {
  ending: Ending;
  startDate: string;
  onChange: (ending: Ending) => void;
}) {
  const t = useTranslations("entry");
  const begin = (kind: Ending["kind"]): Ending => {
    if (kind === "count") return { kind, count: 10 };
    return kind === "until" ? { kind, date: addDays(startDate, 28) } : { kind };
  };
  return (
    <div className="grid grid-cols-2 gap-2">
      <Field label={t("ends")} className={ending.kind === "never" ? "col-span-2" : ""}>
        {(control) => (
          <Select
            control={control}
            value={ending.kind}
            onChange={(kind) => onChange(begin(kind))}
            options={[
              { value: "never", label: t("endsNever") },
              { value: "until", label: t("endsOn") },
              { value: "count", label: t("endsAfter") },
            ]}
          />
        )}
      </Field>
      {ending.kind === "until" ? (
        <Field label={t("endsDate")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={startDate}
              value={ending.date}
              onChange={(event) =>
                event.target.value ? onChange({ kind: "until", date: event.target.value }) : undefined
              }
            />
          )}
        </Field>
      ) : null}
      {ending.kind === "count" ? (
        <Field label={t("endsCount")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={10000}
              value={ending.count}
              onChange={(event) => {
                const count = Math.min(10_000, Math.max(1, Math.trunc(event.target.valueAsNumber) || 1));
                onChange({ kind: "count", count });
              }}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
