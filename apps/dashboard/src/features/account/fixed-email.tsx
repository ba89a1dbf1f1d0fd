import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";

/** The address that a form is for, which cannot be another here; what keeps passwords reads it. */
export function FixedEmail({ email }: { email: string }) {
  const t = useTranslations("account");
  return (
    <Field label={t("email")}>
      {(control) => (
        <Input {...control} value={email} readOnly autoComplete="username" className="bg-sunken" />
      )}
    </Field>
  );
}
