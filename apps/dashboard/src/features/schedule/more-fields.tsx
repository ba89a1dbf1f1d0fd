import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@vitrine/ui/checkbox";
import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Switch } from "@vitrine/ui/switch";
import { useId } from "react";
import { Controller, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { TIME_ZONES } from "../../lib/time-zones.ts";
import { daypartChoicesQuery } from "./schedule-queries.ts";
import type { EntryFormHandle } from "./when-fields.tsx";

const SCREENS_OWN = "screen";

/** What few entries need: bounds, dayparts, an exact start, a zone of its own. Open where any of it is set. */
export function MoreFields({ form, timeZone }: { form: EntryFormHandle; timeZone: string }) {
  const t = useTranslations("entry");
  const exactId = useId();
  const { errors, defaultValues } = form.formState;
  const own = useWatch({ control: form.control, name: "timeZone" });
  const isSet = Boolean(
    defaultValues?.validFrom ||
      defaultValues?.validUntil ||
      defaultValues?.timeZone ||
      defaultValues?.startsExactly ||
      defaultValues?.daypartIds?.length,
  );
  const isFaulty = Boolean(errors.validFrom || errors.validUntil || errors.timeZone || errors.daypartIds);
  const zones = [
    { value: SCREENS_OWN, label: t("timeZoneOfScreen") },
    ...TIME_ZONES.map((zone) => ({ value: zone, label: zone })),
  ];
  return (
    <details open={isSet || isFaulty} className="group rounded-lg border">
      <summary className="cursor-pointer rounded-lg px-3 py-2 font-medium -outline-offset-2 hover:bg-hover">
        {t("more")}
      </summary>
      <div className="grid gap-4 border-t p-3">
        <Dayparts form={form} />
        <div className="grid gap-2">
          <Field
            label={t("validFrom")}
            hint={t("validHint", { zone: own || timeZone })}
            error={errors.validFrom?.message}
          >
            {(control) => <Input {...control} {...form.register("validFrom")} type="datetime-local" />}
          </Field>
          <Field label={t("validUntil")} error={errors.validUntil?.message}>
            {(control) => <Input {...control} {...form.register("validUntil")} type="datetime-local" />}
          </Field>
        </div>
        <Controller
          control={form.control}
          name="startsExactly"
          render={({ field }) => (
            <div className="flex items-center gap-3">
              <label id={`${exactId}-label`} htmlFor={exactId} className="grid grow">
                <span className="font-medium">{t("startsExactly")}</span>
                <span className="text-muted text-sm">{t("startsExactlyHint")}</span>
              </label>
              <Switch id={exactId} isOn={field.value} onChange={field.onChange} />
            </div>
          )}
        />
        <Field label={t("timeZone")} hint={t("timeZoneHint")} error={errors.timeZone?.message}>
          {(control) => (
            <ChoiceBox
              control={control}
              choices={zones}
              value={zones.find((zone) => zone.value === (own || SCREENS_OWN)) ?? null}
              onChange={({ value }) =>
                form.setValue("timeZone", value === SCREENS_OWN ? "" : value, { shouldDirty: true })
              }
              emptyText={t("findNothing")}
              openLabel={t("timeZone")}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

function Dayparts({ form }: { form: EntryFormHandle }) {
  const t = useTranslations("entry");
  const id = useId();
  const dayparts = useQuery(daypartChoicesQuery);
  const chosen = useWatch({ control: form.control, name: "daypartIds" });
  const error = form.formState.errors.daypartIds?.message;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="font-medium">{t("dayparts")}</legend>
      <p className="text-muted text-sm">
        {dayparts.data?.length === 0 ? t("noDayparts") : t("daypartsHint")}
      </p>
      <ul className="grid max-h-44 gap-0.5 overflow-y-auto empty:hidden">
        {dayparts.data?.map((daypart) => (
          <li key={daypart.id}>
            <label htmlFor={`${id}-${daypart.id}`} className="flex min-h-8 items-center gap-2.5">
              <Checkbox
                id={`${id}-${daypart.id}`}
                isChecked={chosen.includes(daypart.id)}
                onChange={(isChecked) =>
                  form.setValue(
                    "daypartIds",
                    isChecked ? [...chosen, daypart.id] : chosen.filter((one) => one !== daypart.id),
                    { shouldDirty: true },
                  )
                }
              />
              <span className="min-w-0 truncate">{daypart.name}</span>
            </label>
          </li>
        ))}
      </ul>
      {error ? (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
