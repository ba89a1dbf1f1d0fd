import { zodResolver } from "@hookform/resolvers/zod";
import { Link } from "@tanstack/react-router";
import { requestPasswordResetInput } from "@vitrine/core/model/account";
import { Button, buttonClass } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { enAccount } from "../../messages/en-account.ts";
import { GuestFrame } from "./guest-frame.tsx";

/** Has a link for a new password sent; what it answers is the same whether there is an account or not. */
export function ForgotPasswordPage() {
  return (
    <MoreMessages messages={enAccount}>
      <ForgotPassword />
    </MoreMessages>
  );
}

function ForgotPassword() {
  const t = useTranslations("forgotPassword");
  const [asked, setAsked] = useState<string | null>(null);
  if (asked === null)
    return (
      <GuestFrame title={t("title")} purpose={t("purpose")}>
        <AddressForm onAsked={setAsked} />
        <ToSignIn />
      </GuestFrame>
    );
  return (
    <GuestFrame title={t("askedTitle")} purpose={t("askedPurpose", { email: asked })}>
      <div className="grid gap-4" role="status">
        <p className="text-muted">{t("askedText")}</p>
      </div>
      <div className="grid gap-3">
        <Link to="/sign-in" className={buttonClass("primary", "lg")}>
          {t("toSignIn")}
        </Link>
        <Button size="lg" onClick={() => setAsked(null)}>
          {t("again")}
        </Button>
      </div>
    </GuestFrame>
  );
}

function AddressForm({ onAsked }: { onAsked: (email: string) => void }) {
  const t = useTranslations("forgotPassword");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const form = useForm({ resolver: zodResolver(requestPasswordResetInput), defaultValues: { email: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.account.requestPasswordReset.mutate(values);
      onAsked(values.email);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["email"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <Field label={account("email")} error={errors.email?.message}>
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
      <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
        {t("send")}
      </Button>
    </form>
  );
}

function ToSignIn() {
  const t = useTranslations("forgotPassword");
  return (
    <p className="text-center">
      <Link to="/sign-in" className="font-medium text-accent-text underline-offset-4 hover:underline">
        {t("toSignIn")}
      </Link>
    </p>
  );
}
