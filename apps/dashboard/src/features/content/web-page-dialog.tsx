import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createWebAssetInput } from "@vitrine/core/model/asset";
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
import { RELOADS, withScheme } from "./web-page.ts";

/** Adds a web page by its address. */
export function WebPageDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const t = useTranslations("webPage");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const form = useForm({
    resolver: zodResolver(createWebAssetInput),
    defaultValues: { url, reloadSeconds: 0 },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      const asset = await api.assets.createWeb.mutate(values);
      void queryClient.invalidateQueries({ queryKey: ["asset"] });
      void queryClient.invalidateQueries({ queryKey: ["overview"] });
      onClose();
      notify({
        title: t("added", { name: asset.name }),
        action: {
          label: t("show"),
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
        <Field label={t("url")} error={errors.url?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("url", { setValueAs: withScheme })}
              type="url"
              inputMode="url"
              placeholder="https://example.com"
              autoComplete="off"
              autoFocus
            />
          )}
        </Field>
        <Field label={t("name")} hint={t("nameHint")} error={errors.name?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register("name", { setValueAs: (text?: string) => text?.trim() || undefined })}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label={t("reload")} hint={t("reloadHint")} error={errors.reloadSeconds?.message}>
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
                    label: seconds === 0 ? t("never") : t("every", { minutes: seconds / 60 }),
                  }))}
                />
              )}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
