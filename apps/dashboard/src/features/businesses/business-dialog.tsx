import { useQueryClient } from "@tanstack/react-query";
import { type BusinessView, createBusinessInput } from "@vitrine/core/model/business";
import { Field } from "@vitrine/ui/field";
import { Input, Textarea } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";

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
  const queryClient = useQueryClient();
  const form = useCallForm({
    schema: createBusinessInput,
    defaultValues: {
      name: business?.name ?? "",
      address: business?.address ?? "",
      note: business?.note ?? "",
    },
    fields: ["name", "address", "note"],
    async call(values) {
      if (business) await api.businesses.update.mutate({ id: business.id, ...values });
      else await api.businesses.create.mutate(values);
      void queryClient.invalidateQueries({ queryKey: ["business"] });
      notify({ title: business ? common("saved") : t("created", { name: values.name }) });
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      size="md"
      title={business ? t("editTitle", { name: business.name }) : t("newTitle")}
      description={t("newPurpose")}
      submitLabel={business ? common("save") : t("create")}
    >
      <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
      </Field>
      <Field label={t("address")} error={form.errors.address?.message}>
        {(control) => <Textarea {...control} {...form.register("address")} rows={2} />}
      </Field>
      <Field label={t("note")} hint={t("noteHint")} error={form.errors.note?.message}>
        {(control) => <Textarea {...control} {...form.register("note")} rows={3} />}
      </Field>
    </FormDialog>
  );
}
