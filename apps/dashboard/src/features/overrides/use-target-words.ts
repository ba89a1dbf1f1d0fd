import type { EntryView } from "@vitrine/core/model/entry";
import { useFormatter, useTranslations } from "use-intl";

/** Says where an entry is shown, by the names of its targets. */
export function useTargetWords(): (targets: EntryView["targets"]) => string {
  const t = useTranslations("runningOverride");
  const format = useFormatter();
  return ({ isEverywhere, devices, groups, tags }) => {
    if (isEverywhere) return t("everywhere");
    const names = [...groups, ...devices].map(({ name }) => name);
    return format.list([...names, ...tags.map((tag) => t("tag", { tag }))], { type: "conjunction" });
  };
}
