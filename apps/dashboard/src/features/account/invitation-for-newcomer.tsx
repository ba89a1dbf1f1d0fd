import { zodResolver } from "@hookform/resolvers/zod";
import type { SessionView } from "@vitrine/core/model/account";
import { acceptAsNewInput } from "@vitrine/core/model/member";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { PasswordInput } from "@vitrine/ui/password-input";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { FixedEmail } from "./fixed-email.tsx";

/** Makes an account for the invited address and goes in with it. */
export function InvitationForNewcomer({
  token,
  email,
  onJoined,
  onStale,
}: {
  token: string;
  email: string;
  onJoined: (session: SessionView) => void;
  /** The invitation is not, or not any more, for somebody new. */
  onStale: () => void;
}) {
  const t = useTranslations("invitation");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const form = useForm({
    resolver: zodResolver(acceptAsNewInput.omit({ token: true })),
    defaultValues: { name: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      onJoined(await api.invitations.acceptAsNew.mutate({ token, ...values }));
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === "EMAIL_TAKEN" || failure.code === "INVITATION_INVALID") onStale();
      showFailure(failure, failureText(failure), ["name", "password"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <FixedEmail email={email} />
      <Field label={account("name")} error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" autoFocus />}
      </Field>
      <Field label={account("password")} hint={account("passwordHint")} error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="new-password"
            showLabel={account("showPassword")}
            hideLabel={account("hidePassword")}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
        {t("createAndJoin")}
      </Button>
    </form>
  );
}
