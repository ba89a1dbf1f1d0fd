import { ChoiceBox } from "@vitrine/ui/choice-box";
import { Monitor } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { targetKey } from "../targets/targets.ts";
import { useFoundTargets } from "../targets/use-found-targets.tsx";
import type { Shown } from "./target-filter.tsx";

const ALL = "all";
const KINDS = ["groups", "devices"] as const;
const TARGET_KIND = { group: "groups", screen: "devices" } as const;

/** The list of whose schedule can be shown, found by typing; it opens as soon as it is there. */
export function TargetFilterBox({
  shown,
  onChange,
  icon,
}: {
  shown: Shown;
  onChange: (shown: Shown) => void;
  icon: ReactNode;
}) {
  const t = useTranslations("schedule");
  const [search, setSearch] = useState("");
  const { found, choiceOf } = useFoundTargets(search, KINDS);
  const targets = new Map(found.map((target) => [targetKey(target), target]));
  const all = { value: ALL, label: t("allScreens"), icon: <Monitor aria-hidden /> };
  const isAllWanted = all.label.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
  return (
    <ChoiceBox
      label={t("filter")}
      choices={[...(isAllWanted ? [all] : []), ...found.map(choiceOf)]}
      value={shown.kind === "all" ? all : choiceOf({ ...shown, kind: TARGET_KIND[shown.kind] })}
      onQuery={setSearch}
      onChange={({ value }) => {
        const target = targets.get(value);
        if (!target) return onChange({ kind: "all" });
        const { id, name } = target;
        onChange({ kind: target.kind === "groups" ? "group" : "screen", id, name });
      }}
      emptyText={t("filterEmpty")}
      openLabel={t("openFilter")}
      icon={icon}
      isOpenAtFirst
      className="w-full sm:w-56"
    />
  );
}
