import { useQueryClient } from "@tanstack/react-query";
import { domainInput } from "@vitrine/core/model/domain";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { domainsQuery } from "./domain-queries.ts";

/** Asks for a domain of one's own, as it is, or as the address that a browser shows. */
export function AddDomainDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("domains");
  const queryClient = useQueryClient();
  const form = useCallForm({
    schema: domainInput,
    defaultValues: { domain: "" },
    fields: ["domain"],
    async call(values) {
      await api.domains.add.mutate(values);
      void queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      title={t("addTitle")}
      description={t("addText")}
      submitLabel={t("add")}
    >
      <Field label={t("domain")} hint={t("domainHint")} error={form.errors.domain?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("domain", { setValueAs: asHostName })}
            inputMode="url"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        )}
      </Field>
    </FormDialog>
  );
}

/** The host of a pasted address, and letters beyond ASCII as DNS writes them; what is neither stays as it was typed. */
function asHostName(typed: string): string {
  const text = typed.trim();
  try {
    return text === "" ? "" : new URL(text.includes("://") ? text : `https://${text}`).hostname;
  } catch {
    return text;
  }
}
