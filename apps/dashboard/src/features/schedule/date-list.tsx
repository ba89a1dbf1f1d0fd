import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCalendarWords } from "./use-calendar-words.ts";

/** Some dates, in their order; one is added at a time. */
export function DateList({
  label,
  dates,
  onChange,
}: {
  label: string;
  dates: readonly string[];
  onChange: (dates: string[]) => void;
}) {
  const t = useTranslations("entry");
  const words = useCalendarWords();
  const [typed, setTyped] = useState("");
  const add = () => {
    if (typed === "") return;
    onChange([...new Set([...dates, typed])].sort());
    setTyped("");
  };
  return (
    <Field label={label}>
      {(control) => (
        <div className="grid gap-1.5">
          <div className="flex gap-2">
            <Input
              {...control}
              type="date"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
            />
            <Button onClick={add} disabled={typed === ""}>
              <Plus aria-hidden />
              {t("addDate")}
            </Button>
          </div>
          {dates.length > 0 ? (
            <ul className="flex max-h-32 flex-wrap gap-1.5 overflow-y-auto">
              {dates.map((date) => (
                <li
                  key={date}
                  className="tabular flex h-7 items-center rounded-md border bg-sunken ps-2 text-sm"
                >
                  {words.longDay(date)}
                  <button
                    type="button"
                    aria-label={t("removeDate", { date: words.longDay(date) })}
                    onClick={() => onChange(dates.filter((one) => one !== date))}
                    className="grid size-7 place-items-center text-muted hover:text-text"
                  >
                    <X aria-hidden className="size-3.5" />
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      )}
    </Field>
  );
}
