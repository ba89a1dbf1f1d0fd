import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { createGroupInput, type GroupView } from "@vitrine/core/model/group";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { MoveToBusiness } from "../businesses/move-to-business.tsx";
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
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const formId = useId();
  const form = useForm({
    resolver: zodResolver(createGroupInput.pick({ name: true })),
    defaultValues: { name: group?.name ?? "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ name }) => {
    try {
      const done = group
        ? await api.groups.rename.mutate({ id: group.id, name })
        : await api.groups.create.mutate({ name });
      refreshGroups(queryClient);
      notify({ title: group ? common("saved") : t("created", { name: done.name }) });
      onClose();
      onDone?.(done);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name"], form.setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={group ? t("renameTitle", { name: group.name }) : t("newTitle")}
      {...(group ? {} : { description: t("newPurpose") })}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {group ? common("save") : t("create")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        {group ? (
          <MoveToBusiness
            businessId={group.businessId}
            head="group"
            move={(businessId) => api.groups.rename.mutate({ id: group.id, businessId })}
          />
        ) : null}
        <Field label={t("name")} error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
        </Field>
      </form>
    </Dialog>
  );
}
