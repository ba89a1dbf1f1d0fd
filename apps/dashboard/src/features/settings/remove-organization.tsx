import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { removeOrganizationInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useEnterSession, useSession } from "../../lib/session.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";

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
  const common = useTranslations("common");
  const failureText = useFailureText();
  const formId = useId();
  const { organization } = useSession();
  const enter = useEnterSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(removeOrganizationInput),
    defaultValues: { name: "" },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await api.organization.remove.mutate(values);
      const session = await api.account.session.query();
      notify({ title: t("done", { name: organization.name }) });
      enter(session);
      void queryClient.invalidateQueries({ queryKey: ["removedOrganizations"] });
      void navigate({ to: "/" });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name"], setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("title", { name: organization.name })}
      description={t("text")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="danger" isBusy={isSubmitting}>
            {t("now")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <Field
          label={t("name")}
          hint={t("nameHint", { name: organization.name })}
          error={errors.name?.message}
        >
          {(control) => <Input {...control} {...register("name")} autoComplete="off" autoFocus />}
        </Field>
      </form>
    </Dialog>
  );
}
