import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createPlaylistInput } from "@vitrine/core/model/playlist";
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

/** Names a new playlist and opens it. */
export function CreatePlaylistDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("playlists");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const form = useForm({ resolver: zodResolver(createPlaylistInput), defaultValues: { name: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      const playlist = await api.playlists.create.mutate(values);
      for (const head of ["playlist", "overview"]) void queryClient.invalidateQueries({ queryKey: [head] });
      onClose();
      void navigate({ to: "/playlists/$playlistId", params: { playlistId: playlist.id } });
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["name"], form.setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("newTitle")}
      description={t("newPurpose")}
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
        <Field label={t("name")} error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
        </Field>
      </form>
    </Dialog>
  );
}
