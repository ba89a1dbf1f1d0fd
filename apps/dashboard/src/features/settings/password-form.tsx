import { zodResolver } from "@hookform/resolvers/zod";
import { changePasswordInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { notify } from "@vitrine/ui/notices";
import { PasswordInput } from "@vitrine/ui/password-input";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useSession } from "../../lib/session.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";

/** Sets a new password, which signs out every other browser. */
export function PasswordForm() {
  const t = useTranslations("ownAccount");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const { user } = useSession();
  const form = useForm({
    resolver: zodResolver(changePasswordInput),
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.account.changePassword.mutate(values);
      form.reset();
      notify({ title: t("passwordChanged"), description: t("passwordChangedText") });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["currentPassword", "newPassword"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
      <Field label={t("currentPassword")} error={errors.currentPassword?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("currentPassword")}
            autoComplete="current-password"
            showLabel={account("showPassword")}
            hideLabel={account("hidePassword")}
          />
        )}
      </Field>
      <Field label={t("newPassword")} hint={account("passwordHint")} error={errors.newPassword?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("newPassword")}
            autoComplete="new-password"
            showLabel={account("showPassword")}
            hideLabel={account("hidePassword")}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" isBusy={isSubmitting} className="justify-self-end">
        {t("changePassword")}
      </Button>
    </form>
  );
}
