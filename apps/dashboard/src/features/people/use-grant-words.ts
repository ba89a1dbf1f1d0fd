import type { Grant } from "@vitrine/core/model/permissions";
import { useTranslations } from "use-intl";

/** Writes a permission or wildcard for people: `Content: Edit`. */
export function useGrantWords(): (grant: Grant) => string {
  const t = useTranslations("extra");
  const areas = useTranslations("area");
  const actions = useTranslations("permissionAction");
  return (grant) => {
    if (grant === "*") return t("all");
    const [area = "", action = ""] = grant.split(".");
    const areaWords = areas.has(area as never) ? areas(area as never) : area;
    if (action === "*") return t("allOf", { area: areaWords });
    return `${areaWords}: ${actions.has(action as never) ? actions(action as never) : action}`;
  };
}
