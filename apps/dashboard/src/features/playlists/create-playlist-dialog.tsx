import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createPlaylistInput } from "@vitrine/core/model/playlist";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { renderBusinessField } from "../businesses/business-field.tsx";
import { useBusinessInView } from "../businesses/use-business-names.ts";

/** Names a new playlist and opens it. */
export function CreatePlaylistDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("playlists");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useCallForm({
    schema: createPlaylistInput,
    defaultValues: { name: "", businessId: useBusinessInView() },
    fields: ["name", "businessId"],
    async call(values) {
      const playlist = await api.playlists.create.mutate(values);
      for (const head of ["playlist", "overview"]) void queryClient.invalidateQueries({ queryKey: [head] });
      onClose();
      void navigate({ to: "/playlists/$playlistId", params: { playlistId: playlist.id } });
    },
  });
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      title={t("newTitle")}
      description={t("newPurpose")}
      submitLabel={t("create")}
    >
      <Field label={t("name")} error={form.errors.name?.message}>
        {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
      </Field>
      <Controller control={form.control} name="businessId" render={renderBusinessField} />
    </FormDialog>
  );
}
