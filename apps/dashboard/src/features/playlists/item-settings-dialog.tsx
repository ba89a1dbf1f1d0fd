import { type PlaylistItemView, type PlaylistView, updateItemInput } from "@vitrine/core/model/playlist";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { DaypartChoices } from "../settings/dayparts-choices.tsx";
import { useItemName } from "./use-item-name.ts";

/** How often a line comes, how much of a playlist within it shows, and when it plays at all. */
export function ItemSettingsDialog({
  playlistId,
  item,
  onClose,
  onSaved,
}: {
  playlistId: string;
  item: PlaylistItemView;
  onClose: () => void;
  onSaved: (playlist: PlaylistView) => void;
}) {
  const t = useTranslations("playlist");
  const nameOf = useItemName();
  const common = useTranslations("common");
  const form = useCallForm({
    schema: updateItemInput,
    defaultValues: {
      playlistId,
      itemId: item.id,
      weight: item.weight,
      daypartIds: item.daypartIds,
      ...(item.playlist ? { take: item.take } : {}),
    },
    fields: ["weight", "take", "daypartIds"],
    async call(values) {
      onSaved(await api.playlists.updateItem.mutate(values));
      onClose();
    },
  });
  const weight = form.watch("weight") ?? 1;
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      title={t("settings.title", { name: nameOf(item) })}
      description={t("settings.purpose")}
      submitLabel={common("save")}
      className="grid gap-5"
    >
      <Field
        label={t("settings.weight")}
        hint={Number.isInteger(weight) ? t("settings.weightHint", { count: weight }) : undefined}
        error={form.errors.weight?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("weight", { valueAsNumber: true })}
            type="number"
            min={1}
            max={100}
            className="tabular max-w-24"
          />
        )}
      </Field>
      {item.playlist ? (
        <Field
          label={t("settings.take")}
          hint={t("settings.takeHint", { count: item.playlist.itemCount })}
          error={form.errors.take?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register("take", {
                setValueAs: (typed: unknown) => (typed === "" || typed === null ? null : Number(typed)),
              })}
              type="number"
              min={1}
              max={10_000}
              placeholder={t("settings.takeAll")}
              className="tabular max-w-24"
            />
          )}
        </Field>
      ) : null}
      <Controller
        control={form.control}
        name="daypartIds"
        render={({ field }) => (
          <DaypartChoices
            chosen={field.value ?? []}
            onChange={field.onChange}
            label={t("settings.dayparts")}
            hint={t("settings.daypartsHint")}
            error={form.errors.daypartIds?.message}
          />
        )}
      />
    </FormDialog>
  );
}
