import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createWebAssetInput, type LinkKind } from "@vitrine/core/model/asset";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { Select } from "@vitrine/ui/select";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { RELOADS, withScheme } from "./links.ts";

/** Adds a web page or a stream by its address. */
export function LinkDialog({ kind, url, onClose }: { kind: LinkKind; url: string; onClose: () => void }) {
  const t = useTranslations(kind === "web" ? "webPage" : "stream");
  const page = useTranslations("webPage");
  const streams = useTranslations("stream");
  const link = useTranslations("link");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const form = useForm({
    // A stream takes the same without a reload interval.
    resolver: zodResolver(createWebAssetInput),
    defaultValues: { url, reloadSeconds: 0 },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ reloadSeconds, ...values }) => {
    try {
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
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["url", "name", "reloadSeconds"], form.setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("title")}
      description={t("purpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {t("add")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <Field
          label={link("url")}
          hint={kind === "stream" ? streams("urlHint") : undefined}
          error={errors.url?.message}
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
        <Field label={link("name")} hint={link("nameHint")} error={errors.name?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("name", { setValueAs: (text?: string) => text?.trim() || undefined })}
              autoComplete="off"
            />
          )}
        </Field>
        {kind === "web" ? (
          <Field label={page("reload")} hint={page("reloadHint")} error={errors.reloadSeconds?.message}>
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
      </form>
    </Dialog>
  );
}
