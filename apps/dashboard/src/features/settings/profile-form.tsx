import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { updateProfileInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { sessionQuery, useSession } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useFailureText } from "../../lib/use-failure-text.ts";

/** One's own name. */
export function ProfileForm() {
  const t = useTranslations("ownAccount");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const { user } = useSession();
  const form = useForm({ resolver: zodResolver(updateProfileInput), defaultValues: { name: user.name } });
  const { errors, isSubmitting, isDirty } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.account.updateProfile.mutate(values);
      form.reset(values);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notify({ title: common("saved") });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name"], form.setError);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <UnsavedGuard isDirty={isDirty && !isSubmitting} />
      <FormError errors={errors} />
      <Field label={t("name")} error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" />}
      </Field>
      <Button
        type="submit"
        variant="primary"
        isBusy={isSubmitting}
        disabled={!isDirty}
        className="justify-self-end"
      >
        {common("save")}
      </Button>
    </form>
  );
}
