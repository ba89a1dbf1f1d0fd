import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type OrganizationView, updateOrganizationInput } from "@vitrine/core/model/organization";
import { Combobox } from "@vitrine/ui/combobox";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { useFormatter, useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { formatDuration, parseDuration } from "../../lib/duration.ts";
import { SaveButtons } from "../../lib/save-buttons.tsx";
import { sessionQuery, useCan } from "../../lib/session.ts";
import { TIME_ZONES } from "../../lib/time-zones.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
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
  const queryClient = useQueryClient();
  const playlists = useQuery({ ...playlistChoicesQuery, enabled: can("playlists.view") });
  const [duration, setDuration] = useState<string | null>(null);
  const [grace, setGrace] = useState<string | null>(null);
  const form = useCallForm({
    schema: updateOrganizationInput,
    values: valuesOf(organization),
    fields: ["name", "slug", "timeZone", "defaultDurationMs", "defaultPlaylistId", "graceMs"],
    async call(values) {
      const next = await api.organization.update.mutate(values);
      queryClient.setQueryData(organizationQuery.queryKey, next);
      form.reset(valuesOf(next));
      setDuration(null);
      setGrace(null);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      for (const head of ["playlist", "device", "overview"])
        void queryClient.invalidateQueries({ queryKey: [head] });
      notify({ title: common("saved") });
    },
  });
  return (
    <CallForm form={form}>
      <fieldset disabled={!mayEdit} className="grid gap-4">
        <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
        <Field label={t("name")} error={form.errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="organization" />}
        </Field>
        <Field label={t("slug")} hint={t("slugHint")} error={form.errors.slug?.message}>
          {(control) => (
            <Input {...control} {...form.register("slug")} autoCapitalize="none" spellCheck={false} />
          )}
        </Field>
        <Field label={t("timeZone")} hint={t("timeZoneHint")} error={form.errors.timeZone?.message}>
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
          error={form.errors.defaultDurationMs?.message}
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
        <Field label={t("grace")} hint={t("graceHint")} error={form.errors.graceMs?.message}>
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
            error={form.errors.defaultPlaylistId?.message}
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
          <SaveButtons
            form={form}
            onDiscard={() => {
              form.reset();
              setDuration(null);
              setGrace(null);
            }}
          />
        ) : null}
      </fieldset>
    </CallForm>
  );
}

function valuesOf(organization: OrganizationView) {
  const { name, slug, timeZone, defaultDurationMs, defaultPlaylistId, graceMs } = organization;
  return { name, slug, timeZone, defaultDurationMs, defaultPlaylistId, graceMs };
}
