import { useQueryClient } from "@tanstack/react-query";
import { type OrganizationView, setSecurityInput } from "@vitrine/core/model/organization";
import { Field } from "@vitrine/ui/field";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { SaveButtons } from "../../lib/save-buttons.tsx";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { enTenants } from "../../messages/en-tenants.ts";
import { organizationQuery } from "../settings/settings-queries.ts";
import { SettingsSection } from "../settings/settings-section.tsx";
import { DomainChips } from "./domain-chips.tsx";
import { Outsiders } from "./outsiders.tsx";
import { IDLE_MINUTES, SESSION_HOURS, useLimitOptions } from "./session-limits.ts";

type Props = { organization: OrganizationView; mayEdit: boolean };

/** Whose addresses may belong to the organization, and how long sessions act in it. */
export function AccessPolicy(props: Props) {
  return (
    <MoreMessages messages={enTenants}>
      <Policy {...props} />
    </MoreMessages>
  );
}

function Policy({ organization, mayEdit }: Props) {
  const t = useTranslations("access");
  const queryClient = useQueryClient();
  const form = useCallForm({
    schema: setSecurityInput,
    values: valuesOf(organization),
    fields: ["allowedEmailDomains", "sessionIdleMinutes", "sessionHours"],
    async call(values) {
      const next = await api.organization.setSecurity.mutate(values);
      queryClient.setQueryData(organizationQuery.queryKey, next);
      form.reset(valuesOf(next));
      void queryClient.invalidateQueries({ queryKey: ["member"] });
      notify({ title: t("saved") });
    },
  });
  const limits = useLimitOptions();
  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <CallForm form={form}>
        <fieldset disabled={!mayEdit} className="grid gap-4">
          <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
          <Controller
            control={form.control}
            name="allowedEmailDomains"
            render={({ field }) => (
              <DomainChips
                ref={field.ref}
                domains={field.value ?? []}
                onChange={field.onChange}
                error={
                  form.errors.allowedEmailDomains?.message ?? form.errors.allowedEmailDomains?.root?.message
                }
              />
            )}
          />
          {organization.allowedEmailDomains.length > 0 ? <Outsiders /> : null}
          <Field label={t("length")} hint={t("lengthHint")} error={form.errors.sessionHours?.message}>
            {(control) => (
              <Controller
                control={form.control}
                name="sessionHours"
                render={({ field }) => (
                  <Select
                    control={control}
                    isDisabled={!mayEdit}
                    value={limits.toValue(field.value)}
                    onChange={(next) => field.onChange(limits.fromValue(next))}
                    options={limits.hours(SESSION_HOURS, field.value)}
                  />
                )}
              />
            )}
          </Field>
          <Field label={t("idle")} hint={t("idleHint")} error={form.errors.sessionIdleMinutes?.message}>
            {(control) => (
              <Controller
                control={form.control}
                name="sessionIdleMinutes"
                render={({ field }) => (
                  <Select
                    control={control}
                    isDisabled={!mayEdit}
                    value={limits.toValue(field.value)}
                    onChange={(next) => field.onChange(limits.fromValue(next))}
                    options={limits.minutes(IDLE_MINUTES, field.value)}
                  />
                )}
              />
            )}
          </Field>
          {mayEdit ? <SaveButtons form={form} onDiscard={() => form.reset()} /> : null}
        </fieldset>
      </CallForm>
    </SettingsSection>
  );
}

function valuesOf({ allowedEmailDomains, sessionIdleMinutes, sessionHours }: OrganizationView) {
  return { allowedEmailDomains, sessionIdleMinutes, sessionHours };
}
