import { changePasswordInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useSession } from "../../lib/session.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { PasswordField } from "../account/password-field.tsx";

/** Sets a new password, which signs out every other browser. */
export function PasswordForm() {
  const t = useTranslations("ownAccount");
  const { user } = useSession();
  const form = useCallForm({
    schema: changePasswordInput,
    defaultValues: { currentPassword: "", newPassword: "" },
    fields: ["currentPassword", "newPassword"],
    async call(values) {
      await api.account.changePassword.mutate(values);
      form.reset();
      notify({ title: t("passwordChanged"), description: t("passwordChangedText") });
    },
  });
  return (
    <CallForm form={form}>
      <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
      <PasswordField label={t("currentPassword")} form={form} name="currentPassword" />
      <PasswordField label={t("newPassword")} form={form} name="newPassword" isNew />
      <Button type="submit" variant="primary" isBusy={form.isSubmitting} className="justify-self-end">
        {t("changePassword")}
      </Button>
    </CallForm>
  );
}
