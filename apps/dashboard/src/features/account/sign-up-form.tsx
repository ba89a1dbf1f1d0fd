import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { signUpInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useEnterSession } from "../../lib/session.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { FixedEmail } from "./fixed-email.tsx";
import { PasswordField } from "./password-field.tsx";

/** Makes a person and their organization, and goes in; with `link`, for the address that it was sent to. */
export function SignUpForm({ link }: { link?: { token: string; email: string } }) {
  const t = useTranslations("account");
  const router = useRouter();
  const { next } = useSearch({ from: "/guest" });
  const enter = useEnterSession();
  const form = useCallForm({
    schema: signUpInput,
    defaultValues: {
      name: "",
      email: link?.email ?? "",
      password: "",
      organizationName: "",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    fields: ["name", "email", "password", "organizationName"],
    async call(values) {
      enter(await api.account.signUp.mutate({ ...values, token: link?.token }));
      router.history.push(next ?? "/");
    },
  });
  return (
    <CallForm form={form}>
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" autoFocus />}
      </Field>
      <Field
        label={t("organizationName")}
        hint={t("organizationHint")}
        error={form.errors.organizationName?.message}
      >
        {(control) => (
          <Input {...control} {...form.register("organizationName")} autoComplete="organization" />
        )}
      </Field>
      {link ? (
        <FixedEmail email={link.email} />
      ) : (
        <Field label={t("email")} error={form.errors.email?.message}>
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
      <PasswordField form={form} name="password" isNew />
      <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
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
    </CallForm>
  );
}
