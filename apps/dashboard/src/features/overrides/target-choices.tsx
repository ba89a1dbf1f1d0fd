import { useQuery } from "@tanstack/react-query";
import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Segments } from "@vitrine/ui/segments";
import { Globe, Layers, MonitorPlay, Plus, Tag, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useDebounced } from "../../lib/use-debounced.ts";
import { type Target, type TargetKind, targetKey } from "./override-draft.ts";
import { targetsQuery } from "./override-queries.ts";

const ICONS = { devices: MonitorPlay, groups: Layers, tags: Tag };

/** Everywhere (null), or the screens, groups and tags that are chosen. */
export function TargetChoices({
  targets,
  onChange,
  describedBy,
  isInvalid,
}: {
  targets: readonly Target[] | null;
  onChange: (targets: readonly Target[] | null) => void;
  describedBy?: string | undefined;
  isInvalid: boolean;
}) {
  const t = useTranslations("override");
  return (
    <div className="grid gap-2">
      <Segments
        label={t("targets")}
        describedBy={describedBy}
        isInvalid={isInvalid}
        className="w-fit"
        value={targets === null ? "everywhere" : "some"}
        onChange={(value) => onChange(value === "everywhere" ? null : [])}
        options={[
          {
            value: "everywhere",
            label: (
              <>
                <Globe aria-hidden />
                {t("everywhere")}
              </>
            ),
          },
          {
            value: "some",
            label: (
              <>
                <MonitorPlay aria-hidden />
                {t("someHint")}
              </>
            ),
          },
        ]}
      />
      {targets === null ? null : <Picked targets={targets} onChange={onChange} />}
    </div>
  );
}

function Picked({
  targets,
  onChange,
}: {
  targets: readonly Target[];
  onChange: (targets: readonly Target[]) => void;
}) {
  const t = useTranslations("override");
  const can = useCan();
  const [typed, setTyped] = useState("");
  const search = useDebounced(typed.trim(), 200);
  const found = useQuery(targetsQuery(search, { groups: can("devices.view"), devices: can("devices.view") }));
  const chosen = new Set(targets.map(targetKey));
  const all: Target[] = [
    ...(found.data?.groups ?? []).map(({ id, name }) => ({ kind: "groups" as const, id, name })),
    ...(found.data?.tags ?? []).map((tag) => ({ kind: "tags" as const, id: tag, name: tag })),
    ...(found.data?.devices ?? []).map(({ id, name }) => ({ kind: "devices" as const, id, name })),
  ];
  const open = new Map(all.filter((one) => !chosen.has(targetKey(one))).map((one) => [targetKey(one), one]));
  return (
    <>
      <ChoiceBox
        choices={[...open].map(([value, { kind, name }]) => ({
          value,
          label: name,
          detail: t(`targetOne.${kind}`),
          icon: iconOf(kind),
        }))}
        value={null}
        onChange={({ value }) => {
          const target = open.get(value);
          if (target) onChange([...targets, target]);
          setTyped("");
        }}
        onQuery={setTyped}
        label={t("targetSearch")}
        placeholder={t("targetSearch")}
        emptyText={search ? t("targetNoMatch") : t("targetEmpty")}
        openLabel={t("targetOpen")}
        icon={
          <Plus
            aria-hidden
            className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-muted"
          />
        }
      />
      <ul aria-label={t("picked")} className="flex flex-wrap gap-1.5 empty:hidden">
        {targets.map((target) => (
          <li
            key={targetKey(target)}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-md bg-accent-soft ps-2 text-sm [&_svg]:size-3.5"
          >
            {iconOf(target.kind)}
            <span className="truncate">{target.name}</span>
            <button
              type="button"
              aria-label={t("remove", { name: target.name })}
              onClick={() => onChange(targets.filter((one) => one !== target))}
              className="grid size-7 place-items-center rounded-md hover:bg-hover"
            >
              <X aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function iconOf(kind: TargetKind) {
  const Icon = ICONS[kind];
  return <Icon aria-hidden />;
}
