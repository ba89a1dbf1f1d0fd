import { useQueryClient } from "@tanstack/react-query";
import { updateProfileInput } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { notify } from "@vitrine/ui/notices";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { CallForm } from "../../lib/call-form.tsx";
import { sessionQuery, useSession } from "../../lib/session.ts";
import { UnsavedGuard } from "../../lib/unsaved-guard.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";

/** One's own name. */
export function ProfileForm() {
  const t = useTranslations("ownAccount");
  const common = useTranslations("common");
  const queryClient = useQueryClient();
  const { user } = useSession();
  const form = useCallForm({
    schema: updateProfileInput,
    defaultValues: { name: user.name },
    fields: ["name"],
    async call(values) {
      await api.account.updateProfile.mutate(values);
      form.reset(values);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notify({ title: common("saved") });
    },
  });
  return (
    <CallForm form={form}>
      <UnsavedGuard isDirty={form.isDirty && !form.isSubmitting} />
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="name" />}
      </Field>
      <Button
        type="submit"
        variant="primary"
        isBusy={form.isSubmitting}
        disabled={!form.isDirty}
        className="justify-self-end"
      >
        {common("save")}
      </Button>
    </CallForm>
  );
}
