import { requestPasswordResetInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";
import { CallForm } from "../../lib/call-form.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";

/** Asks for an address that something is sent to. */
export function AddressForm({
  label,
  onSubmit,
}: {
  label: string;
  onSubmit: (email: string) => Promise<void>;
}) {
  const account = useTranslations("account");
  const form = useCallForm({
    schema: requestPasswordResetInput,
    defaultValues: { email: "" },
    fields: ["email"],
    async call({ email }) {
      await onSubmit(email);
    },
  });
  return (
    <CallForm form={form}>
      <Field label={account("email")} error={form.errors.email?.message}>
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
      <Button type="submit" variant="primary" size="lg" isBusy={form.isSubmitting} className="mt-1">
        {label}
      </Button>
    </CallForm>
  );
}
