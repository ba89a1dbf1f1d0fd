import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { domainInput } from "@vitrine/core/model/domain";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { domainsQuery } from "./domain-queries.ts";

/** Asks for a domain of one's own, as it is, or as the address that a browser shows. */
export function AddDomainDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("domains");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const formId = useId();
  const form = useForm({ resolver: zodResolver(domainInput), defaultValues: { domain: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.domains.add.mutate(values);
      void queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey });
      onClose();
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["domain"], form.setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("addTitle")}
      description={t("addText")}
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
        <Field label={t("domain")} hint={t("domainHint")} error={errors.domain?.message}>
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
      </form>
    </Dialog>
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
