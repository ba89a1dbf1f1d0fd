import { zodResolver } from "@hookform/resolvers/zod";
import { requestEmailChangeInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
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
import { FixedEmail } from "../account/fixed-email.tsx";

/** The address that one signs in with; another one has a link sent to it first. */
export function EmailForm() {
  const t = useTranslations("ownAccount");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const { user } = useSession();
  const form = useForm({
    resolver: zodResolver(requestEmailChangeInput),
    defaultValues: { email: "", currentPassword: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.account.requestEmailChange.mutate(values);
      form.reset();
      notify({
        title: t("emailAsked", { email: values.email }),
        description: t("emailAskedText", { own: user.email }),
      });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["email", "currentPassword"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <FixedEmail email={user.email} />
      <Field label={t("newEmail")} error={errors.email?.message}>
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
      <Button type="submit" variant="primary" isBusy={isSubmitting} className="justify-self-end">
        {t("changeEmail")}
      </Button>
    </form>
  );
}
