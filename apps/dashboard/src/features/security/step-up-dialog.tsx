import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { stepUpInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { PasswordInput } from "@vitrine/ui/password-input";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { sessionQuery } from "../../lib/session.ts";
import { settleStepUp } from "../../lib/step-up.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { FactorCodeField } from "./factor-code-field.tsx";

/** Asks for password and second factor before something dangerous, over whatever is open, and lets it go on. */
export default function StepUpDialog() {
  return (
    <MoreMessages messages={enFactor}>
      <Ask />
    </MoreMessages>
  );
}

function Ask() {
  const t = useTranslations("stepUp");
  const common = useTranslations("common");
  const account = useTranslations("account");
  const failureText = useFailureText();
  const formId = useId();
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const form = useForm({ resolver: zodResolver(stepUpInput), defaultValues: { password: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      queryClient.setQueryData(sessionQuery.queryKey, await api.account.stepUp.mutate(values));
      settleStepUp(true);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["password", "code"], form.setError);
    }
  });
  const close = () => settleStepUp(false);
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t("title")}
      description={t("purpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={close}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={session?.user.email ?? ""}
          readOnly
          hidden
        />
        <Field label={account("password")} error={errors.password?.message}>
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
        {session?.hasSecondFactor ? (
          <FactorCodeField
            registration={form.register("code")}
            error={errors.code?.message}
            onSwitch={() => form.resetField("code", { defaultValue: "" })}
          />
        ) : null}
      </form>
    </Dialog>
  );
}
