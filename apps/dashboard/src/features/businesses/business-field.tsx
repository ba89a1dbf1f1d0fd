import { Field } from "@vitrine/ui/field";
import { Select } from "@vitrine/ui/select";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useSession } from "../../lib/session.ts";
import { enBusinesses } from "../../messages/en-businesses.ts";
import { useBusinessNames } from "./use-business-names.ts";

type Props = {
  /** Undefined: not chosen yet. */
  value: string | null | undefined;
  onChange: (businessId: string | null) => void;
  isDisabled?: boolean;
  error?: string | undefined;
};

/** Which business something belongs to; nothing where there is nothing to choose. */
export function BusinessField(props: Props) {
  return (
    <MoreMessages messages={enBusinesses}>
      <Choice {...props} />
    </MoreMessages>
  );
}

type Controlled = {
  field: { value: string | null | undefined; onChange: (businessId: string | null) => void };
  fieldState: { error?: { message?: string | undefined } | undefined };
};

/** The same within a form: what its `Controller` renders. */
export function renderBusinessField({ field, fieldState }: Controlled) {
  return <BusinessField value={field.value} onChange={field.onChange} error={fieldState.error?.message} />;
}

const WHOLE = "whole";

function Choice({ value, onChange, isDisabled = false, error }: Props) {
  const t = useTranslations("business");
  const { businesses } = useSession().organization;
  const names = useBusinessNames() ?? [];
  if (names.length === 0 || (businesses !== null && names.length === 1 && value === undefined)) return null;
  const whole = businesses === null ? [{ value: WHOLE, label: t("whole") }] : [];
  const shown = value === undefined && businesses === null ? null : value;
  return (
    <Field label={t("label")} hint={t("hint")} error={error}>
      {(control) => (
        <Select
          control={control}
          isDisabled={isDisabled}
          value={shown === undefined ? "" : (shown ?? WHOLE)}
          onChange={(next) => onChange(next === WHOLE ? null : next)}
          options={[
            ...(shown === undefined ? [{ value: "", label: t("choose") }] : []),
            ...whole,
            ...names.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </Field>
  );
}
