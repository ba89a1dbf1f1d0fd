import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";

/** The address that an invitation is for, which cannot be another; what keeps passwords reads it. */
export function InvitedEmail({ email }: { email: string }) {
  const t = useTranslations("account");
  return (
    <Field label={t("email")}>
      {(control) => (
        <Input {...control} value={email} readOnly autoComplete="username" className="bg-sunken" />
      )}
    </Field>
  );
}
