import { useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type SessionView, signInInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { addressQuery } from "../../lib/address.ts";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useEnterSession } from "../../lib/session.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { GuestFrame } from "./guest-frame.tsx";
import { PasswordField } from "./password-field.tsx";

const SecondStepForm = lazy(() => import("./second-step-form.tsx"));

/** Lets a person in and goes on to where they wanted to be. */
export function SignInPage() {
  const t = useTranslations("account");
  const router = useRouter();
  const { next } = useSearch({ from: "/guest" });
  const enter = useEnterSession();
  const { data: address } = useQuery(addressQuery);
  const brand = address?.branding ?? null;
  const purpose = brand ? t("signInTo", { organization: brand.name }) : t("signInPurpose");
  const [isSecondStep, setSecondStep] = useState(false);
  const goIn = (session: SessionView) => {
    enter(session);
    router.history.push(next ?? "/");
  };
  const form = useCallForm({
    schema: signInInput,
    defaultValues: { email: "", password: "" },
    fields: ["email", "password"],
    async call(values) {
      const outcome = await api.account.signIn.mutate(values);
      if (outcome.kind === "signedIn") goIn(outcome.session);
      else setSecondStep(true);
    },
  });
  if (isSecondStep) {
    return (
      <GuestFrame title={t("signInTitle")} purpose={purpose} brand={brand}>
        <Suspense>
          <SecondStepForm onSignedIn={goIn} onAgain={() => setSecondStep(false)} />
        </Suspense>
      </GuestFrame>
    );
  }
  return (
    <GuestFrame title={t("signInTitle")} purpose={purpose} brand={brand}>
      <CallForm form={form}>
        <Field label={t("email")} error={form.errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("email")}
              type="email"
              inputMode="email"
              autoComplete="username"
              autoFocus
            />
          )}
        </Field>
        <PasswordField form={form} name="password" />
        <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
          {t("signIn")}
        </Button>
        <p className="text-center">
          <Link
            to="/forgot-password"
            className="font-medium text-accent-text underline-offset-4 hover:underline"
          >
            {t("forgotPassword")}
          </Link>
        </p>
        {address?.isBound ? null : (
          <p className="text-center text-muted">
            {t("noAccount")}{" "}
            <Link
              to="/sign-up"
              search={next ? { next } : {}}
              className="font-medium text-accent-text underline-offset-4 hover:underline"
            >
              {t("signUpLink")}
            </Link>
          </p>
        )}
      </CallForm>
    </GuestFrame>
  );
}
