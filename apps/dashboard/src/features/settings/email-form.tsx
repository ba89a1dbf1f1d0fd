import { requestEmailChangeInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useSession } from "../../lib/session.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { FixedEmail } from "../account/fixed-email.tsx";
import { PasswordField } from "../account/password-field.tsx";

/** The address that one signs in with; another one has a link sent to it first. */
export function EmailForm() {
  const t = useTranslations("ownAccount");
  const { user } = useSession();
  const form = useCallForm({
    schema: requestEmailChangeInput,
    defaultValues: { email: "", currentPassword: "" },
    fields: ["email", "currentPassword"],
    async call(values) {
      await api.account.requestEmailChange.mutate(values);
      form.reset();
      notify({
        title: t("emailAsked", { email: values.email }),
        description: t("emailAskedText", { own: user.email }),
      });
    },
  });
  return (
    <CallForm form={form}>
      <FixedEmail email={user.email} />
      <Field label={t("newEmail")} error={form.errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("email")}
            type="email"
            inputMode="email"
            autoComplete="email"
          />
        )}
      </Field>
      <PasswordField label={t("currentPassword")} form={form} name="currentPassword" />
      <Button type="submit" variant="primary" isBusy={form.isSubmitting} className="justify-self-end">
        {t("changeEmail")}
      </Button>
    </CallForm>
  );
}
