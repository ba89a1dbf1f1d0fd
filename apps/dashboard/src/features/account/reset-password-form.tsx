import { zodResolver } from "@hookform/resolvers/zod";
import { resetPasswordInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { PasswordInput } from "@vitrine/ui/password-input";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { FixedEmail } from "./fixed-email.tsx";

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
  const own = useTranslations("ownAccount");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const form = useForm({
    resolver: zodResolver(resetPasswordInput.omit({ token: true })),
    defaultValues: { password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ password }) => {
    try {
      await api.account.resetPassword.mutate({ token, password });
      onSet();
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === "LINK_INVALID") onGone();
      else showFailure(failure, failureText(failure), ["password"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <FixedEmail email={email} />
      <Field label={own("newPassword")} hint={account("passwordHint")} error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="new-password"
            autoFocus
            showLabel={account("showPassword")}
            hideLabel={account("hidePassword")}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
        {t("set")}
      </Button>
    </form>
  );
}
