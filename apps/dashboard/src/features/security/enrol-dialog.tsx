import type { SessionView } from "@vitrine/core/model/account";
import { confirmSecondFactorInput } from "@vitrine/core/model/second-factor";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api, type Outputs } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
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
  const [confirmed, setConfirmed] = useState<Outputs["secondFactor"]["confirm"] | null>(null);
  const form = useCallForm({
    schema: confirmSecondFactorInput,
    defaultValues: { code: "" },
    fields: ["code"],
    async call(values) {
      setConfirmed(await api.secondFactor.confirm.mutate(values));
    },
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
    <FormDialog
      form={form}
      onClose={onClose}
      title={t("setUpTitle")}
      description={t("setUpPurpose")}
      submitLabel={t("confirm")}
    >
      <KeyCard uri={begun.uri} keyText={begun.key} />
      <Field label={t("code")} hint={t("codeHint")} error={form.errors.code?.message}>
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
    </FormDialog>
  );
}
