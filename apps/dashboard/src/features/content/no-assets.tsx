import { Button } from "@vitrine/ui/button";
import { Globe, Images, Upload } from "lucide-react";
import { useTranslations } from "use-intl";
import { NothingListed } from "../../lib/nothing-listed.tsx";
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
  const { q: _q, kind: _kind, state: _state, tag: _tag, business: _business, ...asUsual } = search;
  return (
    <NothingListed
      list="content"
      icon={<Images aria-hidden />}
      isNarrowed={isNarrowed(search)}
      isRemoved={search.removed}
      isOfBusinesses
      onClear={() => onChange(asUsual)}
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
    />
  );
}
