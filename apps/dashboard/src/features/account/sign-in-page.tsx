import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type SessionView, signInInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { PasswordInput } from "@vitrine/ui/password-input";
import { lazy, Suspense, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { addressQuery } from "../../lib/address.ts";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useEnterSession } from "../../lib/session.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { GuestFrame } from "./guest-frame.tsx";

const SecondStepForm = lazy(() => import("./second-step-form.tsx"));

/** Lets a person in and goes on to where they wanted to be. */
export function SignInPage() {
  const t = useTranslations("account");
  const failureText = useFailureText();
  const router = useRouter();
  const { next } = useSearch({ from: "/guest" });
  const enter = useEnterSession();
  const form = useForm({
    resolver: zodResolver(signInInput),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const { data: address } = useQuery(addressQuery);
  const brand = address?.branding ?? null;
  const purpose = brand ? t("signInTo", { organization: brand.name }) : t("signInPurpose");
  const [isSecondStep, setSecondStep] = useState(false);
  const goIn = (session: SessionView) => {
    enter(session);
    router.history.push(next ?? "/");
  };
  const submit = form.handleSubmit(async (values) => {
    try {
      const outcome = await api.account.signIn.mutate(values);
      if (outcome.kind === "signedIn") goIn(outcome.session);
      else setSecondStep(true);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["email", "password"], form.setError);
    }
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
      <form onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <Field label={t("email")} error={errors.email?.message}>
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
        <Field label={t("password")} error={errors.password?.message}>
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register("password")}
              autoComplete="current-password"
              showLabel={t("showPassword")}
              hideLabel={t("hidePassword")}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
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
      </form>
    </GuestFrame>
  );
}
