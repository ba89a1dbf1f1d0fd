import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { inviteInput } from "@vitrine/core/model/member";
import type { Role } from "@vitrine/core/model/permissions";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { notify } from "@vitrine/ui/notices";
import { RadioCards } from "@vitrine/ui/radio-cards";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FieldGroup } from "../../lib/field-group.tsx";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useSession } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { BusinessChoices } from "../businesses/business-choices.tsx";
import { AddressField } from "./address-field.tsx";
import { useRoles } from "./use-roles.ts";

const LEAST: Role = "viewer";

/** Invites people by their addresses, all as the same, and says who belongs here already. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("invite");
  const common = useTranslations("common");
  const format = useFormatter();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const { options } = useRoles();
  const { sendsMail } = useSession();
  const formId = useId();
  const form = useForm({
    resolver: zodResolver(inviteInput),
    defaultValues: { emails: [] as string[], role: LEAST, businessIds: null as string[] | null },
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(
    async (values) => {
      try {
        const { rows, members } = await api.invitations.create.mutate(values);
        void queryClient.invalidateQueries({ queryKey: ["invitation"] });
        notify({
          title: t("done", { count: rows.length, members: members.length }),
          ...(members.length > 0 ? { description: format.list(members) } : {}),
        });
        onClose();
      } catch (error) {
        const failure = toFailure(error);
        showFailure(failure, failureText(failure), ["emails", "role", "businessIds"], form.setError);
      }
    },
    () => form.setFocus("emails"),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={t("title")}
      description={sendsMail ? t("purpose") : t("purposeByHand")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {sendsMail ? t("send") : t("makeLinks")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-5">
        <UnsavedGuard isDirty={isDirty && !isSubmitting} />
        <FormError errors={errors} />
        <Controller
          control={form.control}
          name="emails"
          render={({ field }) => (
            <AddressField
              ref={field.ref}
              addresses={field.value}
              onChange={field.onChange}
              error={errors.emails?.message ?? errors.emails?.root?.message}
            />
          )}
        />
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <FieldGroup title={t("role")} error={errors.role?.message}>
              {() => (
                <RadioCards
                  label={t("role")}
                  value={field.value}
                  onChange={field.onChange}
                  options={options}
                />
              )}
            </FieldGroup>
          )}
        />
        <Controller
          control={form.control}
          name="businessIds"
          render={({ field }) => (
            <BusinessChoices
              value={field.value ?? null}
              onChange={field.onChange}
              error={errors.businessIds?.message}
            />
          )}
        />
      </form>
    </Dialog>
  );
}
