import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { SearchX, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "./session.ts";

type Props = {
  /** Whose words: the place of the list's texts in the catalogue. */
  list: "businesses" | "content" | "dayparts" | "groups" | "layouts" | "playlists" | "screens";
  icon: ReactNode;
  isNarrowed: boolean;
  isRemoved?: boolean | undefined;
  /** Whether each of these belongs to a business, so that a limited member sees some of them only. */
  isOfBusinesses?: boolean;
  onClear: () => void;
  /** What adds the first one. */
  action: ReactNode;
};

/** What stands in place of a list's rows: nothing matches, nothing was removed, or there is nothing yet. */
export function NothingListed({
  list,
  icon,
  isNarrowed,
  isRemoved = false,
  isOfBusinesses = false,
  onClear,
  action,
}: Props) {
  const t = useTranslations(list);
  const common = useTranslations("listed");
  const isLimited = useSession().organization.businesses !== null;
  if (isNarrowed) return <NothingMatches title={t("noMatchTitle")} onClear={onClear} />;
  if (isRemoved) {
    return (
      <EmptyState icon={<Trash2 aria-hidden />} title={common("noRemovedTitle")}>
        {common("noRemoved")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={isLimited && isOfBusinesses ? common("noneOfYours") : t("emptyTitle")}
      action={action}
    >
      {t("empty")}
    </EmptyState>
  );
}

/** Search and filters leave nothing, and can be cleared. */
export function NothingMatches({
  title,
  onClear,
  children,
}: {
  title: string;
  onClear: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations("listed");
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={title}
      action={<Button onClick={onClear}>{t("clear")}</Button>}
    >
      {children ?? t("noMatch")}
    </EmptyState>
  );
}
