import { type ApiKeyView, createApiKeyInput } from "@vitrine/core/model/api-key";
import { expandGrants } from "@vitrine/core/model/permissions";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import type { ReactNode } from "react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import type * as z from "zod";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { GrantChoices } from "./grant-choices.tsx";
import { NetworkField } from "./network-field.tsx";

const keyInput = createApiKeyInput.omit({ expiresAt: true });
type Form = z.output<typeof keyInput>;

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
  const form = useCallForm({
    schema: keyInput,
    defaultValues: {
      name: apiKey?.name ?? "",
      grants: expandGrants(apiKey?.grants ?? []),
      networks: apiKey?.networks ?? [],
    },
    fields: ["name", "grants", "networks"],
    call: onSubmit,
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      size="md"
      title={title}
      description={purpose}
      submitLabel={submitLabel}
    >
      <Field label={t("name")} hint={t("nameHint")} error={form.errors.name?.message}>
        {(field) => <Input {...field} {...form.register("name")} autoComplete="off" autoFocus />}
      </Field>
      {children}
      <Controller
        control={form.control}
        name="networks"
        render={({ field }) => (
          <NetworkField
            ref={field.ref}
            networks={field.value ?? []}
            onChange={field.onChange}
            error={form.errors.networks?.message ?? form.errors.networks?.find?.((one) => one)?.message}
          />
        )}
      />
      <Controller
        control={form.control}
        name="grants"
        render={({ field }) => (
          <GrantChoices chosen={field.value} onChange={field.onChange} error={form.errors.grants?.message} />
        )}
      />
    </FormDialog>
  );
}
