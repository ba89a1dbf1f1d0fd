import { useQueryClient } from "@tanstack/react-query";
import { createGroupInput, type GroupView } from "@vitrine/core/model/group";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { renderBusinessField } from "../businesses/business-field.tsx";
import { MoveToBusiness } from "../businesses/move-to-business.tsx";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import { refreshGroups } from "./group-queries.ts";

/** Names a new group, or one that is there anew. */
export function GroupNameDialog({
  group,
  onClose,
  onDone,
}: {
  /** Null: a new one is made. */
  group: GroupView | null;
  onClose: () => void;
  onDone?: (group: GroupView) => void;
}) {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const form = useCallForm({
    schema: createGroupInput.pick({ name: true, businessId: true }),
    defaultValues: { name: group?.name ?? "", businessId: useBusinessInView() },
    fields: ["name", "businessId"],
    async call({ name, businessId }) {
      const done = group
        ? await api.groups.rename.mutate({ id: group.id, name })
        : await api.groups.create.mutate({ name, businessId });
      refreshGroups(queryClient);
      notify({ title: group ? common("saved") : t("created", { name: done.name }) });
      onClose();
      onDone?.(done);
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      title={group ? t("renameTitle", { name: group.name }) : t("newTitle")}
      {...(group ? {} : { description: t("newPurpose") })}
      submitLabel={group ? common("save") : t("create")}
    >
      {group ? (
        <MoveToBusiness
          businessId={group.businessId}
          head="group"
          move={(businessId) => api.groups.rename.mutate({ id: group.id, businessId })}
        />
      ) : null}
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
      </Field>
      {group ? null : <Controller control={form.control} name="businessId" render={renderBusinessField} />}
    </FormDialog>
  );
}
