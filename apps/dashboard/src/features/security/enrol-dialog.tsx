import { zodResolver } from "@hookform/resolvers/zod";
import type { SessionView } from "@vitrine/core/model/account";
import { confirmSecondFactorInput } from "@vitrine/core/model/second-factor";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api, type Outputs } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { KeyCard } from "./key-card.tsx";
import { RecoveryCodesDialog } from "./recovery-codes-dialog.tsx";

/** Turns the second factor on: the key for an app, its first code, and the recovery codes, which are shown this once. */
export function EnrolDialog({
  begun,
  email,
  onClose,
  onDone,
}: {
  begun: Outputs["secondFactor"]["begin"];
  email: string;
  onClose: () => void;
  /** Once the recovery codes were kept. */
  onDone: (session: SessionView) => void;
}) {
  const t = useTranslations("factor");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const formId = useId();
  const [confirmed, setConfirmed] = useState<Outputs["secondFactor"]["confirm"] | null>(null);
  const form = useForm({ resolver: zodResolver(confirmSecondFactorInput), defaultValues: { code: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      setConfirmed(await api.secondFactor.confirm.mutate(values));
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["code"], form.setError);
    }
  });
  if (confirmed) {
    return (
      <RecoveryCodesDialog
        codes={confirmed.recoveryCodes}
        email={email}
        onClose={() => onDone(confirmed.session)}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("setUpTitle")}
      description={t("setUpPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <KeyCard uri={begun.uri} keyText={begun.key} />
        <Field label={t("code")} hint={t("codeHint")} error={errors.code?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              className="font-mono"
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
