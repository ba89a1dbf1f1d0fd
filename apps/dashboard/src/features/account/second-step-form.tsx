import { completeSignInInput, type SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { enFactor } from "../../messages/en-factor.ts";
import { FactorCodeField } from "../security/factor-code-field.tsx";

type Props = {
  onSignedIn: (session: SessionView) => void;
  /** Back to the password, of which the server remembers nothing any more after some minutes. */
  onAgain: () => void;
};

/** The second step of signing in, for who has a second factor. */
export default function SecondStepForm(props: Props) {
  return (
    <MoreMessages messages={enFactor}>
      <Form {...props} />
    </MoreMessages>
  );
}

function Form({ onSignedIn, onAgain }: Props) {
  const t = useTranslations("secondStep");
  const form = useCallForm({
    schema: completeSignInInput,
    defaultValues: { code: "" },
    fields: ["code"],
    async call(values) {
      onSignedIn(await api.account.completeSignIn.mutate(values));
    },
  });
  return (
    <CallForm form={form}>
      <h2 className="font-semibold text-lg">{t("title")}</h2>
      <p className="-mt-3 text-muted">{t("purpose")}</p>
      <FactorCodeField
        form={form}
        name="code"
        onSwitch={() => form.resetField("code", { defaultValue: "" })}
        hasFocus
      />
      <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
        {t("enter")}
      </Button>
      <Button variant="link" onClick={onAgain}>
        {t("again")}
      </Button>
    </CallForm>
  );
}
