import { useQueryClient } from "@tanstack/react-query";
import { createDaypartInput, type DaypartView } from "@vitrine/core/model/daypart";
import { WEEKDAYS, type Weekday } from "@vitrine/core/model/schedule";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Plus } from "lucide-react";
import { Controller, useFieldArray } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { DaypartDates } from "./dayparts-dates.tsx";
import { DaypartWindow } from "./dayparts-window.tsx";

const WORKDAYS: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR"];

/** Makes a daypart or changes one: its name, its windows, and the days on which it is left out. */
export function DaypartDialog({ daypart, onClose }: { daypart: DaypartView | null; onClose: () => void }) {
  const t = useTranslations("dayparts");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const form = useCallForm({
    schema: createDaypartInput,
    defaultValues: {
      name: daypart?.name ?? "",
      windows: daypart?.windows ?? [{ weekdays: [...WORKDAYS], start: "09:00", end: "17:00" }],
      exceptDates: daypart?.exceptDates ?? [],
    },
    fields: ({ windows }) => [
      "name",
      ...windows.flatMap((_, index) =>
        (["weekdays", "start", "end"] as const).map((name) => `windows.${index}.${name}` as const),
      ),
      "windows",
      "exceptDates",
    ],
    async call(values) {
      if (daypart) await api.dayparts.update.mutate({ id: daypart.id, ...values });
      else await api.dayparts.create.mutate(values);
      for (const head of ["daypart", "entry", "preview"]) {
        void queryClient.invalidateQueries({ queryKey: [head] });
      }
      notify({ title: daypart ? common("saved") : t("created", { name: values.name }) });
      onClose();
    },
  });
  const windows = useFieldArray({ control: form.control, name: "windows" });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      size="md"
      title={daypart ? t("editTitle", { name: daypart.name }) : t("newTitle")}
      description={t("newPurpose")}
      submitLabel={daypart ? common("save") : t("create")}
      className="grid gap-5"
    >
      <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => (
          <Input {...control} {...form.register("name")} autoComplete="off" autoFocus={daypart === null} />
        )}
      </Field>
      <fieldset className="grid min-w-0 gap-3">
        <legend className="pb-2 font-medium">{t("windows")}</legend>
        {windows.fields.map((field, index) => (
          <Controller
            key={field.id}
            control={form.control}
            name={`windows.${index}`}
            render={({ field: { value, onChange } }) => (
              <DaypartWindow
                window={value}
                number={index + 1}
                errors={{
                  weekdays: form.errors.windows?.[index]?.weekdays?.message,
                  start: form.errors.windows?.[index]?.start?.message,
                  end: form.errors.windows?.[index]?.end?.message,
                }}
                onChange={(next) => {
                  form.clearErrors(`windows.${index}`);
                  onChange(next);
                }}
                onRemove={windows.fields.length > 1 ? () => windows.remove(index) : undefined}
              />
            )}
          />
        ))}
        {form.errors.windows?.message ? (
          <p role="alert" className="text-danger text-sm">
            {form.errors.windows.message}
          </p>
        ) : null}
        <Button
          className="justify-self-start"
          onClick={() =>
            windows.append({ weekdays: unused(form.getValues("windows")), start: "09:00", end: "17:00" })
          }
        >
          <Plus aria-hidden />
          {t("addWindow")}
        </Button>
      </fieldset>
      <Controller
        control={form.control}
        name="exceptDates"
        render={({ field }) => (
          <DaypartDates
            dates={field.value ?? []}
            onChange={field.onChange}
            error={form.errors.exceptDates?.message}
          />
        )}
      />
    </FormDialog>
  );
}

/** Days that no window has yet, or all of them: what a new window is likely for. */
function unused(windows: readonly { weekdays: readonly Weekday[] }[]): Weekday[] {
  const rest = WEEKDAYS.filter((day) => !windows.some((window) => window.weekdays.includes(day)));
  return rest.length > 0 ? rest : [...WEEKDAYS];
}
