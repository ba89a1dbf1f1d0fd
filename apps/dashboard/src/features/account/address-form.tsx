import { zodResolver } from "@hookform/resolvers/zod";
import { requestPasswordResetInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";

/** Asks for an address that something is sent to. */
export function AddressForm({
  label,
  onSubmit,
}: {
  label: string;
  onSubmit: (email: string) => Promise<void>;
}) {
  const account = useTranslations("account");
  const failureText = useFailureText();
  const form = useForm({ resolver: zodResolver(requestPasswordResetInput), defaultValues: { email: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email }) => {
    try {
      await onSubmit(email);
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
        {label}
      </Button>
    </form>
  );
}
