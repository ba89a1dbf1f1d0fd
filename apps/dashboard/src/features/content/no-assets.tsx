import { Button } from "@vitrine/ui/button";
import { EmptyState } from "@vitrine/ui/empty-state";
import { Globe, Images, SearchX, Trash2, Upload } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { useAppActions } from "../shell/app-actions.tsx";
import { type ContentSearch, isNarrowed } from "./content-search.ts";

/** What is said in place of content that is not there: nothing fits, nothing was removed, or nothing was added yet. */
export function NoAssets({
  search,
  onChange,
}: {
  search: ContentSearch;
  onChange: (search: ContentSearch) => void;
}) {
  const t = useTranslations("content");
  const can = useCan();
  const actions = useAppActions();
  if (isNarrowed(search)) {
    const { q: _q, kind: _kind, state: _state, tag: _tag, business: _business, ...rest } = search;
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t("noMatchTitle")}
        action={<Button onClick={() => onChange(rest)}>{t("clearFilters")}</Button>}
      >
        {t("noMatch")}
      </EmptyState>
    );
  }
  if (search.removed) {
    return (
      <EmptyState icon={<Trash2 aria-hidden />} title={t("noRemovedTitle")}>
        {t("noRemoved")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Images aria-hidden />}
      title={t("emptyTitle")}
      action={
        can("assets.create") ? (
          <>
            <Button variant="primary" onClick={actions.addContent}>
              <Upload aria-hidden />
              {t("addFiles")}
            </Button>
            <Button onClick={() => actions.addWebPage()}>
              <Globe aria-hidden />
              {t("addWebPage")}
            </Button>
          </>
        ) : null
      }
    >
      {t("empty")}
    </EmptyState>
  );
}
