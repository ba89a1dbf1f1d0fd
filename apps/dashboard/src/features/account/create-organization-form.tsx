import { zodResolver } from "@hookform/resolvers/zod";
import { useNavigate } from "@tanstack/react-router";
import { createOrganizationInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useEnterSession } from "../../lib/session.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";

/** Founds an organization and moves into it. */
export function CreateOrganizationForm({ onDone }: { onDone?: () => void }) {
  const t = useTranslations("account");
  const failureText = useFailureText();
  const enter = useEnterSession();
  const navigate = useNavigate();
  const form = useForm({
    resolver: zodResolver(createOrganizationInput),
    defaultValues: { name: "", timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      const session = await api.organization.create.mutate(values);
      onDone?.();
      enter(session);
      void navigate({ to: "/" });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormError errors={errors} />
      <Field label={t("organizationName")} hint={t("organizationHint")} error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="organization" autoFocus />}
      </Field>
      <Button type="submit" variant="primary" isBusy={isSubmitting} className="justify-self-end">
        {t("createOrganization")}
      </Button>
    </form>
  );
}
