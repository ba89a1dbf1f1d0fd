import { zodResolver } from "@hookform/resolvers/zod";
import { type SessionView, signInInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { PasswordInput } from "@vitrine/ui/password-input";
import { lazy, Suspense, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { FixedEmail } from "./fixed-email.tsx";

const SecondStepForm = lazy(() => import("./second-step-form.tsx"));

/** Signs in whoever has an account for the invited address already. */
export function InvitationSignIn({
  email,
  onSignedIn,
}: {
  email: string;
  onSignedIn: (session: SessionView) => void;
}) {
  const t = useTranslations("invitation");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const form = useForm({
    resolver: zodResolver(signInInput.pick({ password: true })),
    defaultValues: { password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const [isSecondStep, setSecondStep] = useState(false);
  const submit = form.handleSubmit(async ({ password }) => {
    try {
      const outcome = await api.account.signIn.mutate({ email, password });
      if (outcome.kind === "signedIn") onSignedIn(outcome.session);
      else setSecondStep(true);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["password"], form.setError);
    }
  });
  if (isSecondStep) {
    return (
      <Suspense>
        <SecondStepForm onSignedIn={onSignedIn} onAgain={() => setSecondStep(false)} />
      </Suspense>
    );
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <FixedEmail email={email} />
      <Field label={account("password")} hint={t("passwordHint")} error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="current-password"
            autoFocus
            showLabel={account("showPassword")}
            hideLabel={account("hidePassword")}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
        {t("signInAndJoin")}
      </Button>
    </form>
  );
}
