import type { EntryView } from "@vitrine/core/model/entry";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Switch } from "@vitrine/ui/switch";
import { useEffect, useId, useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Refusal } from "../../lib/call-form.tsx";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCall } from "../../lib/use-call-form.ts";
import { renderBusinessField } from "../businesses/business-field.tsx";
import { TargetsField } from "../targets/targets-field.tsx";
import { ContentField } from "./content-field.tsx";
import { entryResolver } from "./entry-resolver.ts";
import { type EntryInput, type EntryValues, whenOf } from "./entry-values.ts";
import type { Span } from "./grip.ts";
import { MoreFields } from "./more-fields.tsx";
import { PlayFields } from "./play-fields.tsx";
import { WhenFields } from "./when-fields.tsx";

/** Where a server's words of a field can be shown. */
const FIELDS = [
  "name",
  "content",
  "targets",
  "when",
  "validFrom",
  "validUntil",
  "daypartIds",
  "kind",
  "sharePercent",
  "priority",
  "zoneName",
  "timeZone",
  "businessId",
] as const;

/** All that an entry says. Nothing typed is lost: not by a refusal, a change elsewhere, or another stretch that is drawn. */
export function EntryForm({
  values,
  stamp,
  span,
  timeZone,
  isReadOnly = false,
  onSave,
  onSaved,
  onClose,
}: {
  values: EntryValues;
  /** Changes when the entry was changed elsewhere; absent for a new one. */
  stamp?: string;
  /** Of a new entry: the stretch that is drawn on the calendar. */
  span?: Span;
  /** Where entries that mean each screen's time are looked at from. */
  timeZone: string;
  isReadOnly?: boolean;
  onSave: (input: EntryInput) => Promise<EntryView>;
  onSaved: (entry: EntryView) => void;
  onClose: () => void;
}) {
  const t = useTranslations("entry");
  const shownText = useTranslations("shown");
  const targetsText = useTranslations("targets");
  const common = useTranslations("common");
  const switchId = useId();
  const isNew = stamp === undefined;
  const resolver = useMemo(
    () =>
      entryResolver(timeZone, {
        content: shownText("needed"),
        targets: targetsText("needed"),
        date: t("dateNeeded"),
        time: t("timeNeeded"),
        share: t("shareNeeded"),
        priority: t("numberNeeded", { least: 0, most: 1000 }),
      }),
    [timeZone, t, shownText, targetsText],
  );
  const form = useCall(useForm<EntryValues, unknown, EntryInput>({ resolver, defaultValues: values }), {
    fields: FIELDS,
    async call(input) {
      const saved = await onSave(input);
      reset(form.getValues());
      onSaved(saved);
    },
  });
  const { errors, isDirty, isSubmitting, reset, setValue } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: values are made anew with each stamp
  useEffect(() => {
    if (stamp !== undefined) reset(values, { keepDirtyValues: true });
  }, [reset, stamp]);
  const [start, end] = [span?.start, span?.end];
  useEffect(() => {
    if (start === undefined || end === undefined) return;
    const { kind, recurrence, exceptDates, extraDates } = form.getValues("when");
    const when = whenOf(start, end);
    setValue("when", {
      ...when,
      kind: kind === "always" ? "once" : kind,
      recurrence,
      exceptDates,
      extraDates,
    });
  }, [start, end, setValue, form.getValues]);
  return (
    <form onSubmit={form.submit} noValidate className="flex min-h-full flex-col">
      <UnsavedGuard isDirty={isDirty && !isSubmitting && !isReadOnly} />
      <fieldset disabled={isReadOnly} className="grid grow content-start gap-5 p-5">
        <legend className="sr-only">{isNew ? t("newTitle") : t("title")}</legend>
        <Refusal form={form} />
        {isNew ? null : (
          <Controller
            control={form.control}
            name="isEnabled"
            render={({ field }) => (
              <div className="flex items-center gap-3">
                <label id={`${switchId}-label`} htmlFor={switchId} className="grid grow">
                  <span className="font-medium">{t("enabled")}</span>
                  <span className="text-muted text-sm">{t("enabledHint")}</span>
                </label>
                <Switch id={switchId} isOn={field.value} onChange={field.onChange} isDisabled={isReadOnly} />
              </div>
            )}
          />
        )}
        <Controller
          control={form.control}
          name="content"
          render={({ field, fieldState }) => (
            <ContentField
              value={field.value}
              onChange={field.onChange}
              error={fieldState.error?.message}
              isReadOnly={isReadOnly}
            />
          )}
        />
        <Field label={t("name")} hint={t("nameHint")} error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} maxLength={200} />}
        </Field>
        <Controller
          control={form.control}
          name="targets"
          render={({ field, fieldState }) => (
            <TargetsField value={field.value} onChange={field.onChange} error={fieldState.error?.message} />
          )}
        />
        {isNew ? <Controller control={form.control} name="businessId" render={renderBusinessField} /> : null}
        <WhenFields form={form} isNew={isNew} />
        <PlayFields form={form} />
        <MoreFields form={form} timeZone={timeZone} />
      </fieldset>
      {(isDirty || isNew) && !isReadOnly ? (
        <footer className="sticky bottom-0 z-10 flex justify-end gap-2 border-t bg-surface px-5 py-3">
          {isNew ? (
            <Button onClick={onClose}>{common("cancel")}</Button>
          ) : (
            <Button onClick={() => reset(values)}>{common("discard")}</Button>
          )}
          <Button type="submit" variant="primary" isBusy={isSubmitting}>
            {isNew ? t("create") : common("save")}
          </Button>
        </footer>
      ) : null}
    </form>
  );
}
