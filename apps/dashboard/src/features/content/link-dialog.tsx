import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createWebAssetInput, type LinkKind } from "@vitrine/core/model/asset";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { renderBusinessField } from "../businesses/business-field.tsx";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import { RELOADS, withScheme } from "./links.ts";

/** Adds a web page or a stream by its address. */
export function LinkDialog({ kind, url, onClose }: { kind: LinkKind; url: string; onClose: () => void }) {
  const t = useTranslations(kind === "web" ? "webPage" : "stream");
  const page = useTranslations("webPage");
  const streams = useTranslations("stream");
  const link = useTranslations("link");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useCallForm({
    schema: createWebAssetInput,
    defaultValues: { url, reloadSeconds: 0, businessId: useBusinessInView() },
    fields: ["url", "name", "reloadSeconds", "businessId"],
    async call({ reloadSeconds, ...values }) {
      const asset =
        kind === "web"
          ? await api.assets.createWeb.mutate({ ...values, reloadSeconds })
          : await api.assets.createStream.mutate(values);
      void queryClient.invalidateQueries({ queryKey: ["asset"] });
      void queryClient.invalidateQueries({ queryKey: ["overview"] });
      onClose();
      notify({
        title: link("added", { name: asset.name }),
        action: {
          label: link("show"),
          onSelect: () => void navigate({ to: "/content", search: { asset: asset.id } }),
        },
      });
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      title={t("title")}
      description={t("purpose")}
      submitLabel={t("add")}
    >
      <Field
        label={link("url")}
        hint={kind === "stream" ? streams("urlHint") : undefined}
        error={form.errors.url?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("url", { setValueAs: withScheme })}
            type="url"
            inputMode="url"
            placeholder={kind === "web" ? "https://example.com" : "https://example.com/live.m3u8"}
            autoComplete="off"
            autoFocus
          />
        )}
      </Field>
      <Field label={link("name")} hint={link("nameHint")} error={form.errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("name", { setValueAs: (text?: string) => text?.trim() || undefined })}
            autoComplete="off"
          />
        )}
      </Field>
      {kind === "web" ? (
        <Field label={page("reload")} hint={page("reloadHint")} error={form.errors.reloadSeconds?.message}>
          {(control) => (
            <Controller
              control={form.control}
              name="reloadSeconds"
              render={({ field }) => (
                <Select
                  control={control}
                  value={String(field.value)}
                  onChange={(next) => field.onChange(Number(next))}
                  options={RELOADS.map((seconds) => ({
                    value: String(seconds),
                    label: seconds === 0 ? page("never") : page("every", { minutes: seconds / 60 }),
                  }))}
                />
              )}
            />
          )}
        </Field>
      ) : null}
      <Controller control={form.control} name="businessId" render={renderBusinessField} />
    </FormDialog>
  );
}
