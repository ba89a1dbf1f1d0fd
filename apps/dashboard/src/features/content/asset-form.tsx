import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type AssetView, isLinkKind, updateAssetInput } from "@vitrine/core/model/asset";
import { Field } from "@vitrine/ui/field";
import { Input, Textarea } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { Badge } from "@vitrine/ui/status";
import { Switch } from "@vitrine/ui/switch";
import { lazy, Suspense, useId } from "react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { SaveButtons } from "../../lib/save-buttons.tsx";
import { useCan } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useAct } from "../../lib/use-act.ts";
import { useCallForm } from "../../lib/use-call-form.ts";
import { assetQuery, assetTagsQuery } from "./asset-queries.ts";
import { AvailabilityFields } from "./availability-fields.tsx";
import { FitField } from "./fit-field.tsx";
import { RELOADS, withScheme } from "./links.ts";
import { LoudnessField } from "./loudness-field.tsx";
import { TagField } from "./tag-field.tsx";

const MoveToBusiness = lazy(async () => ({
  default: (await import("../businesses/move-to-business.tsx")).MoveToBusiness,
}));

/** The words of an asset, and whether it may play. Those who may only look see them as text. */
export function AssetForm({ asset }: { asset: AssetView }) {
  const can = useCan();
  return can("assets.edit") && asset.isActive ? <Editable asset={asset} /> : <ReadOnly asset={asset} />;
}

function Editable({ asset }: { asset: AssetView }) {
  const t = useTranslations("content");
  const page = useTranslations("webPage");
  const link = useTranslations("link");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const knownTags = useQuery(assetTagsQuery);
  const switchId = useId();
  const put = (next: AssetView) => {
    queryClient.setQueryData(assetQuery(asset.id).queryKey, next);
    void queryClient.invalidateQueries({ queryKey: ["asset"] });
  };
  const toggle = useAct((isEnabled: boolean) => api.assets.update.mutate({ id: asset.id, isEnabled }), {
    done: put,
  });
  const form = useCallForm({
    schema: updateAssetInput,
    values: valuesOf(asset),
    fields: ["name", "description", "tags", "url", "availableFrom", "availableUntil"],
    async call(values) {
      const next = await api.assets.update.mutate(values);
      form.reset(valuesOf(next));
      put(next);
      notify({ title: common("saved") });
    },
  });
  return (
    <CallForm form={form}>
      <UnsavedGuard isDirty={form.isDirty} />
      <div className="flex items-center gap-3">
        <label id={`${switchId}-label`} htmlFor={switchId} className="grid grow">
          <span className="font-medium">{t("enabled")}</span>
          <span className="text-muted text-sm">{t("enabledHint")}</span>
        </label>
        <Switch
          id={switchId}
          isOn={toggle.isPending ? toggle.variables : asset.isEnabled}
          onChange={(isOn) => toggle.mutate(isOn)}
        />
      </div>
      <Suspense>
        <MoveToBusiness
          businessId={asset.businessId}
          head="asset"
          move={(businessId) => api.assets.update.mutate({ id: asset.id, businessId })}
        />
      </Suspense>
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} />}
      </Field>
      {isLinkKind(asset.kind) ? (
        <Field label={link("url")} error={form.errors.url?.message}>
          {(control) => (
            <Input {...control} {...form.register("url", { setValueAs: withScheme })} type="url" />
          )}
        </Field>
      ) : null}
      {asset.kind === "web" ? (
        <Field label={page("reload")} error={form.errors.reloadSeconds?.message}>
          {(control) => (
            <Controller
              control={form.control}
              name="reloadSeconds"
              render={({ field }) => (
                <Select
                  control={control}
                  value={String(field.value ?? 0)}
                  onChange={(next) => field.onChange(Number(next))}
                  options={[...new Set([...RELOADS, field.value ?? 0])].map((seconds) => ({
                    value: String(seconds),
                    label: seconds === 0 ? page("never") : page("every", { minutes: seconds / 60 }),
                  }))}
                />
              )}
            />
          )}
        </Field>
      ) : null}
      {asset.kind === "web" ? null : (
        <Controller
          control={form.control}
          name="fit"
          render={({ field }) => <FitField fit={field.value ?? asset.fit} onChange={field.onChange} />}
        />
      )}
      {hasSound(asset) ? (
        <Controller
          control={form.control}
          name="loudness"
          render={({ field }) => (
            <LoudnessField loudness={field.value ?? asset.loudness} onChange={field.onChange} />
          )}
        />
      ) : null}
      <Field label={t("description")} error={form.errors.description?.message}>
        {(control) => <Textarea {...control} {...form.register("description")} />}
      </Field>
      <Controller
        control={form.control}
        name="tags"
        render={({ field }) => (
          <TagField
            tags={field.value ?? []}
            known={knownTags.data?.tags}
            onChange={field.onChange}
            label={t("tags")}
            error={form.errors.tags?.message}
          />
        )}
      />
      <Controller
        control={form.control}
        name="availableFrom"
        render={({ field: from }) => (
          <Controller
            control={form.control}
            name="availableUntil"
            render={({ field: until }) => (
              <AvailabilityFields
                from={from.value ?? null}
                until={until.value ?? null}
                errors={{
                  from: form.errors.availableFrom?.message,
                  until: form.errors.availableUntil?.message,
                }}
                onFrom={from.onChange}
                onUntil={(instant) => {
                  form.clearErrors("availableUntil");
                  until.onChange(instant);
                }}
              />
            )}
          />
        )}
      />
      {form.isDirty ? <SaveButtons form={form} onDiscard={() => form.reset()} /> : null}
    </CallForm>
  );
}

function ReadOnly({ asset }: { asset: AssetView }) {
  return (
    <div className="grid gap-2">
      {asset.description ? <p className="whitespace-pre-wrap break-words">{asset.description}</p> : null}
      {asset.tags.length > 0 ? (
        <p className="flex flex-wrap gap-1">
          {asset.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function hasSound({ kind }: AssetView): boolean {
  return kind === "video" || kind === "stream";
}

function valuesOf(asset: AssetView) {
  return {
    id: asset.id,
    name: asset.name,
    description: asset.description,
    tags: asset.tags,
    availableFrom: asset.availableFrom,
    availableUntil: asset.availableUntil,
    ...(asset.url ? { url: asset.url } : {}),
    ...(asset.kind === "web" ? { reloadSeconds: asset.reloadSeconds ?? 0 } : { fit: asset.fit }),
    ...(hasSound(asset) ? { loudness: asset.loudness } : {}),
  };
}
