import { zodResolver } from "@hookform/resolvers/zod";
import { type PlaylistItemView, type PlaylistView, updateItemInput } from "@vitrine/core/model/playlist";
import { Button } from "@vitrine/ui/button";
import { Dialog } from "@vitrine/ui/dialog";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { FormError } from "../../lib/form-error.tsx";
import { showFailure } from "../../lib/form-failure.ts";
import { useFailureText } from "../../lib/use-failure-text.ts";
import { DaypartChoices } from "../settings/dayparts-choices.tsx";
import { nameOf } from "./item-content.ts";

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
  const common = useTranslations("common");
  const failureText = useFailureText();
  const formId = useId();
  const form = useForm({
    resolver: zodResolver(updateItemInput),
    defaultValues: {
      playlistId,
      itemId: item.id,
      weight: item.weight,
      daypartIds: item.daypartIds,
      ...(item.playlist ? { take: item.take } : {}),
    },
  });
  const { errors, isSubmitting } = form.formState;
  const weight = form.watch("weight") ?? 1;
  const submit = form.handleSubmit(async (values) => {
    try {
      onSaved(await api.playlists.updateItem.mutate(values));
      onClose();
    } catch (error) {
      const failure = toFailure(error);
      showFailure(failure, failureText(failure), ["weight", "take", "daypartIds"], form.setError);
    }
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("settings.title", { name: nameOf(item) })}
      description={t("settings.purpose")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSubmitting}>
            {common("save")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-5">
        <FormError errors={errors} />
        <Field
          label={t("settings.weight")}
          hint={Number.isInteger(weight) ? t("settings.weightHint", { count: weight }) : undefined}
          error={errors.weight?.message}
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
            error={errors.take?.message}
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
              error={errors.daypartIds?.message}
            />
          )}
        />
      </form>
    </Dialog>
  );
}
