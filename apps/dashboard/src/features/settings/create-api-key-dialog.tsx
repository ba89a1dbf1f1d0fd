import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { createApiKeyInput } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { CopyButton } from "@vitrine/ui/copy-button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Notice } from "@vitrine/ui/notice";
import { Select } from "@vitrine/ui/select";
import { ShieldAlert } from "lucide-react";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { GrantChoices } from "./grant-choices.tsx";

const LIVES = ["never", "30", "90", "365"] as const;
const DAY_MS = 86_400_000;

/** Makes a key and shows its secret this once. */
export function CreateApiKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const formId = useId();
  const [secret, setSecret] = useState<string | null>(null);
  const [life, setLife] = useState<(typeof LIVES)[number]>("90");
  const form = useForm({ resolver: zodResolver(createApiKeyInput), defaultValues: { name: "", grants: [] } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ name, grants }) => {
    try {
      const expiresAt = life === "never" ? null : new Date(Date.now() + Number(life) * DAY_MS).toISOString();
      const created = await api.apiKeys.create.mutate({ name, grants, expiresAt });
      void queryClient.invalidateQueries({ queryKey: ["apiKey"] });
      setSecret(created.secret);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name", "grants"], form.setError);
    }
  });
  if (secret !== null) {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title={t("secretTitle")}
        closeLabel={common("close")}
        footer={
          <Button variant="primary" onClick={onClose}>
            {t("secretKept")}
          </Button>
        }
      >
        <div className="grid gap-4">
          <Notice tone="warning" icon={<ShieldAlert aria-hidden />}>
            {t("secretText")}
          </Notice>
          <Field label={t("secret")}>
            {(control) => (
              <div className="flex gap-2">
                <Input
                  {...control}
                  readOnly
                  value={secret}
                  onFocus={(event) => event.target.select()}
                  className="font-mono text-sm"
                />
                <CopyButton text={secret} label={t("copy")} doneLabel={t("copied")} />
              </div>
            )}
          </Field>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={t("createTitle")}
      description={t("createPurpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {t("create")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <Field label={t("name")} hint={t("nameHint")} error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
        </Field>
        <Field label={t("life")}>
          {(control) => (
            <Select
              control={control}
              value={life}
              onChange={setLife}
              options={LIVES.map((value) => ({ value, label: t(`lives.${value}`) }))}
            />
          )}
        </Field>
        <Controller
          control={form.control}
          name="grants"
          render={({ field }) => (
            <GrantChoices chosen={field.value} onChange={field.onChange} error={errors.grants?.message} />
          )}
        />
      </form>
    </Dialog>
  );
}
