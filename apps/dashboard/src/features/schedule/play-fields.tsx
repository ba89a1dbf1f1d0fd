import { ENTRY_KINDS } from "@vitrine/core/model/schedule";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { RadioCards } from "@vitrine/ui/radio-cards";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { KIND_MARKS } from "./entry-look.tsx";
import type { EntryFormHandle } from "./when-fields.tsx";

/** How an entry stands to the others: beside them, between them, or over them; and its rank. */
export function PlayFields({ form }: { form: EntryFormHandle }) {
  const t = useTranslations("entry");
  const can = useCan();
  const kind = useWatch({ control: form.control, name: "kind" });
  const { errors, isSubmitted } = form.formState;
  const kinds = ENTRY_KINDS.filter((one) => one !== "override" || one === kind || can("schedule.override"));
  return (
    <section aria-label={t("kind")} className="grid gap-3">
      <p className="-mb-1 font-medium">{t("kind")}</p>
      <RadioCards
        label={t("kind")}
        value={kind}
        onChange={(next) => form.setValue("kind", next, { shouldDirty: true, shouldValidate: isSubmitted })}
        options={kinds.map((one) => {
          const Icon = KIND_MARKS[one];
          return {
            value: one,
            label: t(`kinds.${one}`),
            hint: t(`kinds.${one}Hint`),
            icon: <Icon aria-hidden />,
          };
        })}
      />
      <div className="grid grid-cols-2 items-start gap-2">
        <Field label={t("priority")} hint={t("priorityHint")} error={errors.priority?.message}>
          {(control) => (
            <Input {...control} {...form.register("priority")} type="number" min={0} max={1000} step={1} />
          )}
        </Field>
        {kind === "interrupt" ? (
          <Field label={t("share")} error={errors.sharePercent?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("sharePercent")}
                type="number"
                min={0.1}
                max={100}
                step="any"
              />
            )}
          </Field>
        ) : null}
        {kind === "override" ? (
          <Field label={t("zoneName")} hint={t("zoneNameHint")} error={errors.zoneName?.message}>
            {(control) => <Input {...control} {...form.register("zoneName")} maxLength={60} />}
          </Field>
        ) : null}
      </div>
    </section>
  );
}
