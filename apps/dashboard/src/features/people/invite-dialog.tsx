import { useQueryClient } from "@tanstack/react-query";
import { inviteInput } from "@vitrine/core/model/member";
import type { Role } from "@vitrine/core/model/permissions";
import { notify } from "@vitrine/ui/notices";
import { RadioCards } from "@vitrine/ui/radio-cards";
import { Controller } from "react-hook-form";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FieldGroup } from "../../lib/field-group.tsx";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useSession } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { BusinessChoices } from "../businesses/business-choices.tsx";
import { AddressField } from "./address-field.tsx";
import { useRoles } from "./use-roles.ts";

const LEAST: Role = "viewer";

/** Invites people by their addresses, all as the same, and says who belongs here already. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("invite");
  const format = useFormatter();
  const queryClient = useQueryClient();
  const { options } = useRoles();
  const { sendsMail } = useSession();
  const form = useCallForm({
    schema: inviteInput,
    defaultValues: { emails: [] as string[], role: LEAST, businessIds: null as string[] | null },
    fields: ["emails", "role", "businessIds"],
    async call(values) {
      const { rows, members } = await api.invitations.create.mutate(values);
      void queryClient.invalidateQueries({ queryKey: ["invitation"] });
      notify({
        title: t("done", { count: rows.length, members: members.length }),
        ...(members.length > 0 ? { description: format.list(members) } : {}),
      });
      onClose();
    },
    invalid() {
      form.setFocus("emails");
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      size="md"
      title={t("title")}
      description={sendsMail ? t("purpose") : t("purposeByHand")}
      submitLabel={sendsMail ? t("send") : t("makeLinks")}
      className="grid gap-5"
    >
      <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
      <Controller
        control={form.control}
        name="emails"
        render={({ field }) => (
          <AddressField
            ref={field.ref}
            addresses={field.value}
            onChange={field.onChange}
            error={form.errors.emails?.message ?? form.errors.emails?.root?.message}
          />
        )}
      />
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <FieldGroup title={t("role")} error={form.errors.role?.message}>
            {() => (
              <RadioCards label={t("role")} value={field.value} onChange={field.onChange} options={options} />
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
            error={form.errors.businessIds?.message}
          />
        )}
      />
    </FormDialog>
  );
}
