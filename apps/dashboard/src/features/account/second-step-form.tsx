import { zodResolver } from "@hookform/resolvers/zod";
import { completeSignInInput, type SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
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
  const failureText = useFailureText();
  const form = useForm({ resolver: zodResolver(completeSignInInput), defaultValues: { code: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      onSignedIn(await api.account.completeSignIn.mutate(values));
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["code"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <h2 className="font-semibold text-lg">{t("title")}</h2>
      <p className="-mt-3 text-muted">{t("purpose")}</p>
      <FactorCodeField
        registration={form.register("code")}
        error={errors.code?.message}
        onSwitch={() => form.resetField("code", { defaultValue: "" })}
        hasFocus
      />
      <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="mt-1">
        {t("enter")}
      </Button>
      <Button variant="link" onClick={onAgain}>
        {t("again")}
      </Button>
    </form>
  );
}
