import { resetPasswordInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { FixedEmail } from "./fixed-email.tsx";
import { PasswordField } from "./password-field.tsx";

/** Sets the password of the account that a link is for. */
export function ResetPasswordForm({
  token,
  email,
  onSet,
  onGone,
}: {
  token: string;
  email: string;
  onSet: () => void;
  /** The link stopped being good meanwhile. */
  onGone: () => void;
}) {
  const t = useTranslations("resetPassword");
  const form = useCallForm({
    schema: resetPasswordInput.omit({ token: true }),
    defaultValues: { password: "" },
    fields: ["password"],
    async call({ password }) {
      await api.account.resetPassword.mutate({ token, password });
      onSet();
    },
    failure({ code }) {
      if (code !== "LINK_INVALID") return false;
      onGone();
      return true;
    },
  });
  return (
    <CallForm form={form}>
      <FixedEmail email={email} />
      <PasswordField label={t("newPassword")} form={form} name="password" isNew hasFocus />
      <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
        {t("set")}
      </Button>
    </CallForm>
  );
}
