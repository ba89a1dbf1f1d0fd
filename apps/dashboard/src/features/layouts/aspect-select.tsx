import { LAYOUT_ASPECTS, type LayoutAspect } from "@vitrine/core/model/layout";
import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { useTranslations } from "use-intl";

/** The aspect in which a layout is drawn while it is edited. */
export function AspectSelect({
  value,
  isDisabled = false,
  hint,
  onChange,
}: {
  value: LayoutAspect;
  isDisabled?: boolean;
  hint?: string;
  onChange: (aspect: LayoutAspect) => void;
}) {
  const t = useTranslations("layouts");
  return (
    <Field label={t("aspect")} hint={hint}>
      {(control) => (
        <Select
          control={control}
          value={value}
          isDisabled={isDisabled}
          onChange={onChange}
          options={LAYOUT_ASPECTS.map((aspect) => ({ value: aspect, label: t(`aspectName.${aspect}`) }))}
        />
      )}
    </Field>
  );
}
