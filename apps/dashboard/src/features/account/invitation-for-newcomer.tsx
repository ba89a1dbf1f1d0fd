import type { SessionView } from "@vitrine/core/model/account";
import { acceptAsNewInput } from "@vitrine/core/model/member";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { FixedEmail } from "./fixed-email.tsx";
import { PasswordField } from "./password-field.tsx";

/** Makes an account for the invited address and goes in with it. */
export function InvitationForNewcomer({
  token,
  email,
  onJoined,
  onStale,
}: {
  token: string;
  email: string;
  onJoined: (session: SessionView) => void;
  /** The invitation is not, or not any more, for somebody new. */
  onStale: () => void;
}) {
  const t = useTranslations("invitation");
  const account = useTranslations("account");
  const form = useCallForm({
    schema: acceptAsNewInput.omit({ token: true }),
    defaultValues: { name: "", password: "" },
    fields: ["name", "password"],
    async call(values) {
      onJoined(await api.invitations.acceptAsNew.mutate({ token, ...values }));
    },
    failure({ code }) {
      if (code === "EMAIL_TAKEN" || code === "INVITATION_INVALID") onStale();
      return false;
    },
  });
  return (
    <CallForm form={form}>
      <FixedEmail email={email} />
      <Field label={account("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" autoFocus />}
      </Field>
      <PasswordField form={form} name="password" isNew />
      <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
        {t("createAndJoin")}
      </Button>
    </CallForm>
  );
}
