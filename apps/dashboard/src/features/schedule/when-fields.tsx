import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Segments } from "@vitrine/ui/segments";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { EntryInput, EntryValues, WhenValues } from "./entry-values.ts";
import { WHEN_KINDS, withEndTime, withStart } from "./entry-values.ts";
import { RecurrenceField } from "./recurrence-field.tsx";
import { followStart } from "./rule-choice.ts";

export type EntryFormHandle = UseFormReturn<EntryValues, unknown, EntryInput>;

/** When an entry is active: always, once, or again and again. */
export function WhenFields({ form, isNew }: { form: EntryFormHandle; isNew: boolean }) {
  const t = useTranslations("entry");
  const when = useWatch({ control: form.control, name: "when" });
  const faults = form.formState.errors.when;
  const set = (next: WhenValues) =>
    form.setValue("when", next, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  const begin = (part: { startDate?: string; startTime?: string }) => {
    const next = withStart(when, part);
    const isMoved = next.startDate !== "" && when.startDate !== "";
    set({
      ...next,
      recurrence: isMoved ? followStart(next.recurrence, when.startDate, next.startDate) : next.recurrence,
    });
  };
  return (
    <section aria-label={t("when")} className="grid gap-3">
      <p className="-mb-1 font-medium">{t("when")}</p>
      <Segments
        label={t("when")}
        className="grid grid-cols-3"
        value={when.kind}
        onChange={(kind) =>
          set({
            ...when,
            kind,
            recurrence: kind === "repeating" && when.recurrence === "" ? "FREQ=DAILY" : when.recurrence,
          })
        }
        options={WHEN_KINDS.map((kind) => ({ value: kind, label: t(kind) }))}
      />
      {when.kind === "always" ? null : (
        <>
          <div className="grid grid-cols-[3fr_2fr] gap-2">
            <Field label={t("startDate")} error={faults?.startDate?.message}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={when.startDate}
                  onChange={(event) => begin({ startDate: event.target.value })}
                />
              )}
            </Field>
            <Field label={t("startTime")} error={faults?.startTime?.message}>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  value={when.startTime}
                  onChange={(event) => begin({ startTime: event.target.value })}
                />
              )}
            </Field>
            <Field label={t("endDate")} error={faults?.endDate?.message ?? faults?.message}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  min={when.startDate}
                  value={when.endDate}
                  onChange={(event) => set({ ...when, endDate: event.target.value })}
                />
              )}
            </Field>
            <Field label={t("endTime")} error={faults?.endTime?.message}>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  value={when.endTime}
                  onChange={(event) => set(withEndTime(when, event.target.value))}
                />
              )}
            </Field>
          </div>
          {when.kind === "repeating" ? (
            <RecurrenceField when={when} onChange={set} error={faults?.recurrence?.message} isNew={isNew} />
          ) : null}
        </>
      )}
    </section>
  );
}
