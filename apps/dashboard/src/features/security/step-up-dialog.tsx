import { useQuery, useQueryClient } from "@tanstack/react-query";
import { stepUpInput } from "@vitrine/core/model/account";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { sessionQuery } from "../../lib/session.ts";
import { settleStepUp } from "../../lib/step-up.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { PasswordField } from "../account/password-field.tsx";
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
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const form = useCallForm({
    schema: stepUpInput,
    defaultValues: { password: "" },
    fields: ["password", "code"],
    async call(values) {
      queryClient.setQueryData(sessionQuery.queryKey, await api.account.stepUp.mutate(values));
      settleStepUp(true);
    },
  });
  const close = () => settleStepUp(false);
  return (
    <FormDialog
      form={form}
      onClose={close}
      title={t("title")}
      description={t("purpose")}
      submitLabel={t("confirm")}
    >
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={session?.user.email ?? ""}
        readOnly
        hidden
      />
      <PasswordField form={form} name="password" hasFocus />
      {session?.hasSecondFactor ? (
        <FactorCodeField
          form={form}
          name="code"
          onSwitch={() => form.resetField("code", { defaultValue: "" })}
        />
      ) : null}
    </FormDialog>
  );
}
