import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { type OrganizationView, setSecurityInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
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
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(setSecurityInput), defaultValues: valuesOf(organization) });
  const { errors, isSubmitting, isDirty } = form.formState;
  useEffect(() => {
    form.reset(valuesOf(organization), { keepDirtyValues: true });
  }, [form, organization]);
  const submit = form.handleSubmit(async (values) => {
    try {
      const next = await api.organization.setSecurity.mutate(values);
      queryClient.setQueryData(organizationQuery.queryKey, next);
      form.reset(valuesOf(next));
      void queryClient.invalidateQueries({ queryKey: ["member"] });
      notify({ title: t("saved") });
    } catch (error) {
      const failure = toFailure(error);
      const names = ["allowedEmailDomains", "sessionIdleMinutes", "sessionHours"] as const;
      showFailure(failure, failureText(failure), names, form.setError);
    }
  });
  const limits = useLimitOptions();
  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <form onSubmit={submit} noValidate>
        <fieldset disabled={!mayEdit} className="grid gap-4">
          <UnsavedGuard isDirty={isDirty && !isSubmitting} />
          <FormError errors={errors} />
          <Controller
            control={form.control}
            name="allowedEmailDomains"
            render={({ field }) => (
              <DomainChips
                ref={field.ref}
                domains={field.value ?? []}
                onChange={field.onChange}
                error={errors.allowedEmailDomains?.message ?? errors.allowedEmailDomains?.root?.message}
              />
            )}
          />
          {organization.allowedEmailDomains.length > 0 ? <Outsiders /> : null}
          <Field label={t("length")} hint={t("lengthHint")} error={errors.sessionHours?.message}>
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
          <Field label={t("idle")} hint={t("idleHint")} error={errors.sessionIdleMinutes?.message}>
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
          {mayEdit ? (
            <div className="flex justify-end gap-2">
              {isDirty ? (
                <Button onClick={() => form.reset(valuesOf(organization))}>{common("discard")}</Button>
              ) : null}
              <Button type="submit" variant="primary" isBusy={isSubmitting} disabled={!isDirty}>
                {common("save")}
              </Button>
            </div>
          ) : null}
        </fieldset>
      </form>
    </SettingsSection>
  );
}

function valuesOf({ allowedEmailDomains, sessionIdleMinutes, sessionHours }: OrganizationView) {
  return { allowedEmailDomains, sessionIdleMinutes, sessionHours };
}
