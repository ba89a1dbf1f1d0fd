import { zodResolver } from "@hookform/resolvers/zod";
import { type ApiKeyView, createApiKeyInput } from "@vitrine/core/model/api-key";
import { expandGrants } from "@vitrine/core/model/permissions";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { type ReactNode, useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import type * as z from "zod";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { GrantChoices } from "./grant-choices.tsx";
import { NetworkField } from "./network-field.tsx";

const form = createApiKeyInput.omit({ expiresAt: true });
type Form = z.output<typeof form>;

/** What a key is called, may do, and where it may be used from: of a new one, or of one that is changed. */
export function ApiKeyDialog({
  apiKey,
  title,
  purpose,
  submitLabel,
  onSubmit,
  onClose,
  children,
}: {
  apiKey?: ApiKeyView;
  title: string;
  purpose: string;
  submitLabel: string;
  onSubmit: (values: Form) => Promise<void>;
  onClose: () => void;
  /** Further fields. */
  children?: ReactNode;
}) {
  const t = useTranslations("apiKeys");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const formId = useId();
  const { register, control, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(form),
    defaultValues: {
      name: apiKey?.name ?? "",
      grants: expandGrants(apiKey?.grants ?? []),
      networks: apiKey?.networks ?? [],
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await onSubmit(values);
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name", "grants", "networks"], setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="md"
      title={title}
      description={purpose}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormError errors={errors} />
        <Field label={t("name")} hint={t("nameHint")} error={errors.name?.message}>
          {(field) => <Input {...field} {...register("name")} autoComplete="off" autoFocus />}
        </Field>
        {children}
        <Controller
          control={control}
          name="networks"
          render={({ field }) => (
            <NetworkField
              ref={field.ref}
              networks={field.value ?? []}
              onChange={field.onChange}
              error={errors.networks?.message ?? errors.networks?.find?.((one) => one)?.message}
            />
          )}
        />
        <Controller
          control={control}
          name="grants"
          render={({ field }) => (
            <GrantChoices chosen={field.value} onChange={field.onChange} error={errors.grants?.message} />
          )}
        />
      </form>
    </Dialog>
  );
}
