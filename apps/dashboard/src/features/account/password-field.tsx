import { Field } from "@vitrine/ui/field";
import { PasswordInput } from "@vitrine/ui/password-input";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { useTranslations } from "use-intl";

/** A password of an account, with a button that shows what was typed; of a new one it says what makes it good. */
export function PasswordField<Values extends FieldValues>({
  form,
  name,
  isNew = false,
  label,
  hint,
  hasFocus = false,
}: {
  form: Pick<UseFormReturn<Values>, "register" | "getFieldState">;
  name: FieldPath<Values>;
  isNew?: boolean;
  label?: string;
  hint?: string;
  hasFocus?: boolean;
}) {
  const t = useTranslations("account");
  return (
    <Field
      label={label ?? t("password")}
      hint={isNew ? t("passwordHint") : hint}
      error={form.getFieldState(name).error?.message}
    >
      {(control) => (
        <PasswordInput
          {...control}
          // Registered in the order of the page, in which the first wrong field gets the focus.
          {...form.register(name)}
          autoComplete={isNew ? "new-password" : "current-password"}
          autoFocus={hasFocus}
          showLabel={t("showPassword")}
          hideLabel={t("hidePassword")}
        />
      )}
    </Field>
  );
}
