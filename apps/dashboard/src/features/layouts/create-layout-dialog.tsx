import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createLayoutInput, type LayoutAspect } from "@vitrine/core/model/layout";
import { cn } from "@vitrine/ui/cn";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { useId, useState } from "react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import * as z from "zod";
import { api } from "../../lib/api-client.ts";
import { FormDialog } from "../../lib/form-dialog.tsx";
import { useCallForm } from "../../lib/use-call-form.ts";
import { renderBusinessField } from "../businesses/business-field.tsx";
import { useBusinessInView } from "../businesses/use-business-names.ts";
import { AspectSelect } from "./aspect-select.tsx";
import { LayoutDrawing } from "./layout-drawing.tsx";
import { PRESETS, type Preset, zonesOf } from "./presets.ts";

const { name, aspect, businessId } = createLayoutInput.shape;
const typed = z.strictObject({ name, aspect, businessId });

/** Names a new layout, lets an arrangement be chosen to begin with, and opens it. */
export function CreateLayoutDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("layouts");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [presetKey, setPreset] = useState<Preset["key"]>("ticker");
  const form = useCallForm({
    schema: typed,
    defaultValues: { name: "", aspect: "16:9", businessId: useBusinessInView() },
    fields: ["name", "aspect", "businessId"],
    async call(values) {
      const preset = PRESETS.find(({ key }) => key === presetKey);
      if (!preset) return;
      const zones = zonesOf(
        preset,
        (name) => t(`zoneName.${name}`),
        () => crypto.randomUUID(),
      );
      const layout = await api.layouts.create.mutate({ ...values, zones, mainZoneId: zones[0]?.id ?? "" });
      void queryClient.invalidateQueries({ queryKey: ["layout"] });
      onClose();
      void navigate({ to: "/layouts/$layoutId", params: { layoutId: layout.id } });
    },
  });
  const chosenAspect = form.watch("aspect") ?? "16:9";
  return (
    <FormDialog
      form={form}
      onClose={onClose}
      size="md"
      title={t("newTitle")}
      description={t("newPurpose")}
      submitLabel={t("create")}
      className="grid gap-5"
    >
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <Field label={t("name")} error={form.errors.name?.message}>
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" autoFocus />}
        </Field>
        <Controller
          control={form.control}
          name="aspect"
          render={({ field }) => <AspectSelect value={field.value ?? "16:9"} onChange={field.onChange} />}
        />
      </div>
      <Controller control={form.control} name="businessId" render={renderBusinessField} />
      <Presets aspect={chosenAspect} value={presetKey} onChange={setPreset} />
    </FormDialog>
  );
}

function Presets({
  aspect,
  value,
  onChange,
}: {
  aspect: LayoutAspect;
  value: Preset["key"];
  onChange: (key: Preset["key"]) => void;
}) {
  const t = useTranslations("layouts");
  const group = useId();
  return (
    <fieldset className="grid min-w-0">
      <legend className="pb-2 font-medium">{t("startWith")}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {PRESETS.map((preset) => (
          <label
            key={preset.key}
            className={cn(
              "grid cursor-pointer gap-1.5 rounded-lg border p-2 hover:border-control has-focus-visible:outline-2 has-focus-visible:outline-accent-text",
              value === preset.key && "border-accent! bg-accent-soft ring-1 ring-accent",
            )}
          >
            <input
              type="radio"
              name={group}
              value={preset.key}
              checked={value === preset.key}
              onChange={() => onChange(preset.key)}
              className="sr-only"
            />
            <LayoutDrawing
              aspect={aspect}
              areNamesShown={false}
              zones={preset.zones.map((zone, place) => ({ ...zone, id: zone.name, isMain: place === 0 }))}
            />
            <span className="text-sm">{t(`preset.${preset.key}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
