import { type SessionView, signInInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { FixedEmail } from "./fixed-email.tsx";
import { PasswordField } from "./password-field.tsx";

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
  const [isSecondStep, setSecondStep] = useState(false);
  const form = useCallForm({
    schema: signInInput.pick({ password: true }),
    defaultValues: { password: "" },
    fields: ["password"],
    async call({ password }) {
      const outcome = await api.account.signIn.mutate({ email, password });
      if (outcome.kind === "signedIn") onSignedIn(outcome.session);
      else setSecondStep(true);
    },
  });
  if (isSecondStep) {
    return (
      <Suspense>
        <SecondStepForm onSignedIn={onSignedIn} onAgain={() => setSecondStep(false)} />
      </Suspense>
    );
  }
  return (
    <CallForm form={form}>
      <FixedEmail email={email} />
      <PasswordField form={form} name="password" hint={t("passwordHint")} hasFocus />
      <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
        {t("signInAndJoin")}
      </Button>
    </CallForm>
  );
}
