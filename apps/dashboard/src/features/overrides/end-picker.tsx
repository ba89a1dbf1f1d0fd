import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Segments } from "@vitrine/ui/segments";
import { useFormatter, useTranslations } from "use-intl";
import { timeWords } from "../../lib/time-words.ts";
import { momentText } from "../preview/moment.ts";
import { END_CHOICES, type EndChoice, endOf } from "./end-choice.ts";

/** When it ends: soon, at the end of the day, or at a time of one's own, on the wall of the organization's zone. */
export function EndPicker({
  choice,
  custom,
  timeZone,
  describedBy,
  isInvalid,
  onChange,
}: {
  choice: EndChoice | null;
  custom: string;
  timeZone: string;
  describedBy: string | undefined;
  isInvalid: boolean;
  onChange: (choice: EndChoice, custom: string) => void;
}) {
  const t = useTranslations("override");
  const format = useFormatter();
  const nowMs = Date.now();
  const end = endOf(choice, custom, { timeZone, nowMs });
  return (
    <div className="grid gap-2">
      <Segments
        label={t("end")}
        describedBy={describedBy}
        isInvalid={isInvalid}
        className="w-fit"
        value={choice}
        onChange={(next) =>
          onChange(
            next,
            next === "custom" && custom === ""
              ? momentText(timeZone, nowMs + 7_200_000).slice(0, 16)
              : custom,
          )
        }
        options={END_CHOICES.map((value) => ({ value, label: t(`ends.${value}`) }))}
      />
      {choice === "custom" ? (
        <Field label={t("customEnd")} hint={t("zone", { zone: timeZone })}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={custom}
              aria-invalid={isInvalid || undefined}
              onChange={(event) => onChange("custom", event.target.value)}
              className="w-fit"
            />
          )}
        </Field>
      ) : null}
      <p aria-live="polite" className="tabular text-muted text-sm empty:hidden">
        {end.kind === "ok"
          ? t("endsAt", {
              day: format.dateTime(end.endsAtMs, {
                weekday: "long",
                day: "numeric",
                month: "long",
                timeZone,
              }),
              time: timeWords(format, end.endsAtMs, timeZone),
              zone: timeZone,
            })
          : null}
      </p>
    </div>
  );
}
