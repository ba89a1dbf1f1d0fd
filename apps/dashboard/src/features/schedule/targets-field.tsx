import { useQuery } from "@tanstack/react-query";
import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Field } from "@vitrine/ui/field";
import { Segments } from "@vitrine/ui/segments";
import { CircleAlert, Layers, MonitorPlay, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { TagField } from "../content/tag-field.tsx";
import type { EntryValues } from "./entry-values.ts";
import { targetChoicesQuery } from "./schedule-queries.ts";

type Targets = EntryValues["targets"];

/** Which screens an entry is for: all, or those that are named, by themselves, by group or by tag. */
export function TargetsField({
  value,
  onChange,
  error,
}: {
  value: Targets;
  onChange: (value: Targets) => void;
  error: string | undefined;
}) {
  const t = useTranslations("entry");
  return (
    <section aria-label={t("targets")} className="grid gap-2">
      <p className="font-medium">{t("targets")}</p>
      <Segments
        label={t("targets")}
        value={value.isEverywhere ? "everywhere" : "some"}
        onChange={(next) => onChange({ ...value, isEverywhere: next === "everywhere" })}
        className="grid grid-cols-2"
        options={[
          { value: "everywhere", label: t("everywhere") },
          { value: "some", label: t("targetSome") },
        ]}
      />
      {value.isEverywhere ? null : <Some value={value} onChange={onChange} />}
      {error ? (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      ) : null}
    </section>
  );
}

function Some({ value, onChange }: { value: Targets; onChange: (value: Targets) => void }) {
  const t = useTranslations("entry");
  const schedule = useTranslations("schedule");
  const can = useCan();
  const may = can("devices.view");
  const [search, setSearch] = useState("");
  const found = useQuery(targetChoicesQuery(useDebounced(search.trim(), 150), { groups: may, devices: may }));
  const without = <Thing extends { id: string }>(list: readonly Thing[], id: string) =>
    list.filter((one) => one.id !== id);
  const isTaken = (list: readonly { id: string }[], id: string) => list.some((one) => one.id === id);
  const choices = [
    ...(found.data?.groups ?? [])
      .filter((group) => !isTaken(value.groups, group.id))
      .map((group) => ({
        value: `group ${group.id}`,
        label: group.name,
        detail: schedule("groupDetail"),
        icon: <Layers aria-hidden />,
      })),
    ...(found.data?.devices ?? [])
      .filter((device) => !isTaken(value.devices, device.id))
      .map((device) => ({
        value: `screen ${device.id}`,
        label: device.name,
        detail: schedule("screenDetail"),
        icon: <MonitorPlay aria-hidden />,
      })),
  ];
  return (
    <div className="grid gap-3">
      <Field label={t("targetAdd")} isLabelHidden>
        {(control) => (
          <ChoiceBox
            control={control}
            choices={choices}
            value={null}
            placeholder={t("targetAdd")}
            onQuery={setSearch}
            onChange={({ value: picked, label: name }) => {
              const [kind, id = ""] = picked.split(" ");
              onChange(
                kind === "group"
                  ? { ...value, groups: [...value.groups, { id, name }] }
                  : { ...value, devices: [...value.devices, { id, name }] },
              );
            }}
            emptyText={schedule("filterEmpty")}
            openLabel={schedule("openFilter")}
          />
        )}
      </Field>
      {value.groups.length + value.devices.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {value.groups.map((group) => (
            <Target
              key={group.id}
              icon={<Layers aria-hidden />}
              name={group.name}
              onRemove={() => onChange({ ...value, groups: without(value.groups, group.id) })}
            />
          ))}
          {value.devices.map((device) => (
            <Target
              key={device.id}
              icon={<MonitorPlay aria-hidden />}
              name={device.name}
              onRemove={() => onChange({ ...value, devices: without(value.devices, device.id) })}
            />
          ))}
        </ul>
      ) : null}
      <TagField
        tags={value.tags}
        onChange={(tags) => onChange({ ...value, tags: [...tags] })}
        label={t("tags")}
      />
    </div>
  );
}

function Target({ icon, name, onRemove }: { icon: ReactNode; name: string; onRemove: () => void }) {
  const t = useTranslations("entry");
  return (
    <li className="flex h-7 max-w-full items-center gap-1.5 rounded-md border bg-sunken ps-2 text-sm [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-muted">
      {icon}
      <span className="truncate">{name}</span>
      <button
        type="button"
        aria-label={t("removeTarget", { name })}
        onClick={onRemove}
        className="grid size-7 shrink-0 place-items-center text-muted hover:text-text"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
