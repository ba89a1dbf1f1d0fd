import type { BusinessUse } from "@vitrine/core/model/business";
import { useFormatter, useTranslations } from "use-intl";

const KINDS = [
  "screens",
  "groups",
  "content",
  "playlists",
  "layouts",
  "entries",
  "people",
  "invitations",
] as const satisfies readonly (keyof BusinessUse)[];

/** What belongs to a business and who is limited to it, in words; empty for nothing and nobody. */
export function useUseWords(): (use: BusinessUse) => string {
  const t = useTranslations("businesses");
  const format = useFormatter();
  return (use) =>
    format.list(
      KINDS.filter((kind) => use[kind] > 0).map((kind) =>
        t(`use.${kind}`, { count: use[kind], shown: format.number(use[kind]) }),
      ),
      { type: "unit" },
    );
}
