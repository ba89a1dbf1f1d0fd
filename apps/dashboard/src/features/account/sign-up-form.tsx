import { zodResolver } from "@hookform/resolvers/zod";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { signUpInput } from "@vitrine/core/model/account";
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
import { useEnterSession } from "../../lib/session.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { FixedEmail } from "./fixed-email.tsx";

/** Makes a person and their organization, and goes in; with `link`, for the address that it was sent to. */
export function SignUpForm({ link }: { link?: { token: string; email: string } }) {
  const t = useTranslations("account");
  const failureText = useFailureText();
  const router = useRouter();
  const { next } = useSearch({ from: "/guest" });
  const enter = useEnterSession();
  const form = useForm({
    resolver: zodResolver(signUpInput),
    defaultValues: {
      name: "",
      email: link?.email ?? "",
      password: "",
      organizationName: "",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      enter(await api.account.signUp.mutate({ ...values, token: link?.token }));
      router.history.push(next ?? "/");
    } catch (error) {
      const failure = toFailure(error);
      showFailure(
        failure,
        failureText(failure),
        ["name", "email", "password", "organizationName"],
        form.setError,
      );
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <Field label={t("name")} error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" autoFocus />}
      </Field>
      <Field
        label={t("organizationName")}
        hint={t("organizationHint")}
        error={errors.organizationName?.message}
      >
        {(control) => (
          <Input {...control} {...form.register("organizationName")} autoComplete="organization" />
        )}
      </Field>
      {link ? (
        <FixedEmail email={link.email} />
      ) : (
        <Field label={t("email")} error={errors.email?.message}>
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
      )}
      <Field label={t("password")} hint={t("passwordHint")} error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="new-password"
            showLabel={t("showPassword")}
            hideLabel={t("hidePassword")}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
        {t("signUp")}
      </Button>
      <p className="text-center text-muted">
        {t("haveAccount")}{" "}
        <Link
          to="/sign-in"
          search={next ? { next } : {}}
          className="font-medium text-accent-text underline-offset-4 hover:underline"
        >
          {t("signIn")}
        </Link>
      </p>
    </form>
  );
}
