import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { removeOrganizationInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useEnterSession, useSession } from "../../lib/session.ts";
import { useCallForm } from "../../lib/use-call-form.ts";

/** Removes the organization, after its name was entered. */
export function RemoveOrganization() {
  const t = useTranslations("removing");
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button className="text-danger" onClick={() => setAsking(true)}>
        {t("open")}
      </Button>
      {isAsking ? <RemoveDialog onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("removing");
  const { organization } = useSession();
  const enter = useEnterSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useCallForm({
    schema: removeOrganizationInput,
    defaultValues: { name: "" },
    fields: ["name"],
    async call(values) {
      await api.organization.remove.mutate(values);
      const session = await api.account.session.query();
      notify({ title: t("done", { name: organization.name }) });
      enter(session);
      void queryClient.invalidateQueries({ queryKey: ["removedOrganizations"] });
      void navigate({ to: "/" });
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      title={t("title", { name: organization.name })}
      description={t("text")}
      submitLabel={t("now")}
      isDangerous
    >
      <Field
        label={t("name")}
        hint={t("nameHint", { name: organization.name })}
        error={form.errors.name?.message}
      >
        {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
      </Field>
    </FormDialog>
  );
}
