import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { tagOf } from "../../lib/tag-of.ts";
import { TARGET_ICONS } from "./target-icons.ts";
import {
  namedTargets,
  TARGET_KINDS,
  type Target,
  type Targets,
  targetKey,
  withoutTarget,
  withTarget,
} from "./targets.ts";
import { useFoundTargets } from "./use-found-targets.tsx";

/** Names screens, groups and tags one after another; a tag that no screen has yet can be typed too. */
export function TargetPicker({ value, onChange }: { value: Targets; onChange: (value: Targets) => void }) {
  const t = useTranslations("targets");
  const [typed, setTyped] = useState("");
  const { found, isSettled, choiceOf } = useFoundTargets(typed, TARGET_KINDS);
  const named = namedTargets(value);
  const taken = new Set(named.map(targetKey));
  const open = new Map(found.filter((one) => !taken.has(targetKey(one))).map((one) => [targetKey(one), one]));
  const tag = tagOf(typed);
  const fresh: Target = { kind: "tags", id: tag, name: tag };
  const freshKey = targetKey(fresh);
  const isFresh = tag !== "" && isSettled && !open.has(freshKey) && !taken.has(freshKey);
  return (
    <>
      <ChoiceBox
        choices={[
          ...[...open.values()].map(choiceOf),
          ...(isFresh ? [{ ...choiceOf(fresh), detail: t("newTag") }] : []),
        ]}
        value={null}
        onChange={({ value: key }) => {
          const target = key === freshKey ? fresh : open.get(key);
          if (target) onChange(withTarget(value, target));
          setTyped("");
        }}
        onQuery={setTyped}
        label={t("add")}
        placeholder={t("add")}
        emptyText={isSettled ? t("empty") : t("searching")}
        openLabel={t("open")}
        icon={
          <Plus
            aria-hidden
            className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-muted"
          />
        }
      />
      <ul aria-label={t("chosen")} className="flex flex-wrap gap-1.5 empty:hidden">
        {named.map((target) => {
          const Icon = TARGET_ICONS[target.kind];
          return (
            <li
              key={targetKey(target)}
              className="flex h-7 max-w-full items-center gap-1.5 rounded-md bg-accent-soft ps-2 text-sm [&_svg]:size-3.5 [&_svg]:shrink-0"
            >
              <Icon aria-hidden />
              <span className="sr-only">{t(`kind.${target.kind}`)}</span>
              <span className="truncate">{target.name}</span>
              <button
                type="button"
                aria-label={t("remove", { name: target.name })}
                onClick={() => onChange(withoutTarget(value, target))}
                className="grid size-7 shrink-0 place-items-center rounded-md hover:bg-hover"
              >
                <X aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
