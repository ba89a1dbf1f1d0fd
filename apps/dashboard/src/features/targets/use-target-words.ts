import { useFormatter, useTranslations } from "use-intl";
import { namedTargets, type Targets } from "./targets.ts";

/** Says where something is shown, by the names of its targets. */
export function useTargetWords(): (targets: Targets) => string {
  const t = useTranslations("targets");
  const format = useFormatter();
  return (targets) => {
    if (targets.isEverywhere) return t("everywhereInside");
    const names = namedTargets(targets).map(({ kind, name }) =>
      kind === "tags" ? t("tag", { tag: name }) : name,
    );
    return format.list(names, { type: "conjunction" });
  };
}
