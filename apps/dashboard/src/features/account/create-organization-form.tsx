import { useNavigate } from "@tanstack/react-router";
import { createOrganizationInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { useEnterSession } from "../../lib/session.ts";
import { useCallForm } from "../../lib/use-call-form.ts";

/** Founds an organization and moves into it. */
export function CreateOrganizationForm({ onDone }: { onDone?: () => void }) {
  const t = useTranslations("account");
  const enter = useEnterSession();
  const navigate = useNavigate();
  const form = useCallForm({
    schema: createOrganizationInput,
    defaultValues: { name: "", timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    fields: ["name"],
    async call(values) {
      const session = await api.organization.create.mutate(values);
      onDone?.();
      enter(session);
      void navigate({ to: "/" });
    },
  });
  return (
    <CallForm form={form}>
      <Field label={t("organizationName")} hint={t("organizationHint")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="organization" autoFocus />}
      </Field>
      <Button type="submit" variant="primary" isBusy={form.isSubmitting} className="justify-self-end">
        {t("createOrganization")}
      </Button>
    </CallForm>
  );
}
