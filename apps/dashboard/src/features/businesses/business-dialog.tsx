import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { type BusinessView, createBusinessInput } from "@vitrine/core/model/business";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input, Textarea } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";

/** Makes a business, or changes what one is called and what is noted of it. */
export function BusinessDialog({
  business,
  onClose,
}: {
  business: BusinessView | null;
  onClose: () => void;
}) {
  const t = useTranslations("businesses");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const formId = useId();
  const form = useForm({
    resolver: zodResolver(createBusinessInput),
    defaultValues: {
      name: business?.name ?? "",
      address: business?.address ?? "",
      note: business?.note ?? "",
    },
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      if (business) await api.businesses.update.mutate({ id: business.id, ...values });
      else await api.businesses.create.mutate(values);
      void queryClient.invalidateQueries({ queryKey: ["business"] });
      notify({ title: business ? common("saved") : t("created", { name: values.name }) });
      onClose();
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name", "address", "note"], form.setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={business ? t("editTitle", { name: business.name }) : t("newTitle")}
      description={t("newPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {business ? common("save") : t("create")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <UnsavedGuard isDirty={isDirty && !isSubmitting} />
        <FormError errors={errors} />
        <Field label={t("name")} error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
        </Field>
        <Field label={t("address")} error={errors.address?.message}>
          {(control) => <Textarea {...control} {...form.register("address")} rows={2} />}
        </Field>
        <Field label={t("note")} hint={t("noteHint")} error={errors.note?.message}>
          {(control) => <Textarea {...control} {...form.register("note")} rows={3} />}
        </Field>
      </form>
    </Dialog>
  );
}
