import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type OrganizationView, updateOrganizationInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Combobox } from "@vitrine/ui/combobox";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { formatDuration, parseDuration } from "../../lib/duration.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { sessionQuery, useCan } from "../../lib/session.ts";
import { TIME_ZONES } from "../../lib/time-zones.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { playlistChoicesQuery } from "../playlists/playlist-queries.ts";
import { GraceBox } from "./grace-box.tsx";
import { organizationQuery } from "./settings-queries.ts";

const NO_PLAYLIST = "none";

/** The organization's own settings; those who may only look see them switched off. */
export function OrganizationForm({
  organization,
  mayEdit,
}: {
  organization: OrganizationView;
  mayEdit: boolean;
}) {
  const t = useTranslations("organization");
  const common = useTranslations("common");
  const format = useFormatter();
  const can = useCan();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const playlists = useQuery({ ...playlistChoicesQuery, enabled: can("playlists.view") });
  const form = useForm({
    resolver: zodResolver(updateOrganizationInput),
    defaultValues: valuesOf(organization),
  });
  const [duration, setDuration] = useState<string | null>(null);
  const [grace, setGrace] = useState<string | null>(null);
  const { errors, isSubmitting, isDirty } = form.formState;
  useEffect(() => {
    form.reset(valuesOf(organization), { keepDirtyValues: true });
  }, [form, organization]);
  const submit = form.handleSubmit(async (values) => {
    try {
      const next = await api.organization.update.mutate(values);
      queryClient.setQueryData(organizationQuery.queryKey, next);
      form.reset(valuesOf(next));
      setDuration(null);
      setGrace(null);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      for (const head of ["playlist", "device", "overview"])
        void queryClient.invalidateQueries({ queryKey: [head] });
      notify({ title: common("saved") });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(
        failure,
        failureText(failure),
        ["name", "slug", "timeZone", "defaultDurationMs", "defaultPlaylistId", "graceMs"],
        form.setError,
      );
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayEdit} className="grid gap-4">
        <UnsavedGuard isDirty={isDirty && !isSubmitting} />
        <FormError errors={errors} />
        <Field label={t("name")} error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="organization" />}
        </Field>
        <Field label={t("slug")} hint={t("slugHint")} error={errors.slug?.message}>
          {(control) => (
            <Input {...control} {...form.register("slug")} autoCapitalize="none" spellCheck={false} />
          )}
        </Field>
        <Field label={t("timeZone")} hint={t("timeZoneHint")} error={errors.timeZone?.message}>
          {(control) => (
            <Controller
              control={form.control}
              name="timeZone"
              render={({ field }) => (
                <Combobox
                  control={control}
                  options={TIME_ZONES}
                  value={field.value ?? organization.timeZone}
                  onChange={field.onChange}
                  emptyText={t("noZone")}
                  openLabel={t("openZones")}
                />
              )}
            />
          )}
        </Field>
        <Field
          label={t("defaultDuration")}
          hint={t("defaultDurationHint")}
          error={errors.defaultDurationMs?.message}
        >
          {(control) => (
            <Controller
              control={form.control}
              name="defaultDurationMs"
              render={({ field }) => (
                <Input
                  {...control}
                  ref={field.ref}
                  value={duration ?? formatDuration(field.value ?? organization.defaultDurationMs)}
                  autoComplete="off"
                  className="tabular max-w-32"
                  onChange={(event) => {
                    setDuration(event.target.value);
                    const parsed = parseDuration(event.target.value);
                    if (parsed.kind === "ok") {
                      form.clearErrors("defaultDurationMs");
                      field.onChange(parsed.durationMs);
                    } else {
                      field.onChange(Number.NaN);
                      form.setError("defaultDurationMs", { message: t(`duration.${parsed.kind}`) });
                    }
                  }}
                  onBlur={field.onBlur}
                />
              )}
            />
          )}
        </Field>
        <Field label={t("grace")} hint={t("graceHint")} error={errors.graceMs?.message}>
          {(control) => (
            <Controller
              control={form.control}
              name="graceMs"
              render={({ field }) => (
                <GraceBox
                  control={control}
                  fieldRef={field.ref}
                  graceMs={field.value ?? organization.graceMs}
                  typed={grace}
                  onType={setGrace}
                  onChange={(graceMs) => {
                    form.clearErrors("graceMs");
                    field.onChange(graceMs);
                  }}
                  onFault={(fault) => {
                    field.onChange(Number.NaN);
                    form.setError("graceMs", { message: t(fault) });
                  }}
                />
              )}
            />
          )}
        </Field>
        {can("playlists.view") ? (
          <Field
            label={t("defaultPlaylist")}
            hint={t("defaultPlaylistHint")}
            error={errors.defaultPlaylistId?.message}
          >
            {(control) => (
              <Controller
                control={form.control}
                name="defaultPlaylistId"
                render={({ field }) => (
                  <Select
                    control={control}
                    isDisabled={!mayEdit}
                    value={field.value ?? NO_PLAYLIST}
                    onChange={(next) => field.onChange(next === NO_PLAYLIST ? null : next)}
                    options={[
                      { value: NO_PLAYLIST, label: t("noDefaultPlaylist") },
                      ...(playlists.data ?? []).map((one) => ({ value: one.id, label: one.name })),
                    ]}
                  />
                )}
              />
            )}
          </Field>
        ) : null}
        <p className="text-muted text-sm">
          {t("since", { date: format.dateTime(new Date(organization.createdAt), { dateStyle: "long" }) })}
        </p>
        {mayEdit ? (
          <div className="flex justify-end gap-2">
            {isDirty ? (
              <Button
                onClick={() => {
                  form.reset(valuesOf(organization));
                  setDuration(null);
                  setGrace(null);
                }}
              >
                {common("discard")}
              </Button>
            ) : null}
            <Button type="submit" variant="primary" isBusy={isSubmitting} disabled={!isDirty}>
              {common("save")}
            </Button>
          </div>
        ) : null}
      </fieldset>
    </form>
  );
}

function valuesOf(organization: OrganizationView) {
  const { name, slug, timeZone, defaultDurationMs, defaultPlaylistId, graceMs } = organization;
  return { name, slug, timeZone, defaultDurationMs, defaultPlaylistId, graceMs };
}
