import { localDate } from "@vitrine/core/model/schedule";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";

/** Days on which a daypart is left out, one added at a time. */
export function DaypartDates({
  dates,
  onChange,
  error,
}: {
  dates: readonly string[];
  onChange: (dates: string[]) => void;
  error?: string | undefined;
}) {
  const t = useTranslations("dayparts");
  const format = useFormatter();
  const [typed, setTyped] = useState("");
  const isDate = localDate.safeParse(typed).success;
  const add = () => {
    if (!isDate) return;
    onChange([...new Set([...dates, typed])].sort());
    setTyped("");
  };
  const say = (date: string) =>
    format.dateTime(new Date(`${date}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  return (
    <div className="grid gap-2">
      <Field label={t("exceptDates")} hint={t("exceptDatesHint")} error={error}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              type="date"
              value={typed}
              className="tabular max-w-44"
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
            />
            <Button onClick={add} disabled={!isDate}>
              <Plus aria-hidden />
              {t("addDate")}
            </Button>
          </div>
        )}
      </Field>
      {dates.length > 0 ? (
        <ul className="flex flex-wrap gap-1" aria-label={t("exceptDates")}>
          {dates.map((date) => (
            <li key={date} className="tabular inline-flex h-7 items-center rounded-sm bg-sunken ps-2 text-sm">
              {say(date)}
              <button
                type="button"
                aria-label={t("removeDate", { date: say(date) })}
                onClick={() => onChange(dates.filter((one) => one !== date))}
                className="grid size-7 place-items-center rounded-sm text-muted hover:text-text"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
