import { Segments } from "@vitrine/ui/segments";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SearchBox } from "../../lib/search-box.tsx";
import { useCan } from "../../lib/session.ts";
import type { CardProps } from "./shown-cards.tsx";
import { SHOWN_KINDS, type ShownKind } from "./shown-content.ts";
import { SHOWN_LISTS } from "./shown-lists.tsx";

const PERMISSIONS = { asset: "assets.view", playlist: "playlists.view", layout: "layouts.view" } as const;

/** What can be shown, found by kind and name and chosen by its picture. */
export function ShownChoices({
  kinds = SHOWN_KINDS,
  firstKind,
  areReady = false,
  ...cards
}: CardProps & {
  kinds?: readonly ShownKind[];
  /** The kind that is seen first, unless something of another is chosen. */
  firstKind: ShownKind;
  /** Only content that could be on a screen at once. */
  areReady?: boolean;
}) {
  const t = useTranslations("shown");
  const can = useCan();
  const [wanted, setKind] = useState<ShownKind>(cards.chosen?.kind ?? firstKind);
  const [search, setSearch] = useState("");
  const offered = kinds.filter((one) => can(PERMISSIONS[one]));
  const kind = offered.includes(wanted) ? wanted : offered[0];
  if (!kind) return <p className="py-8 text-center text-muted">{t("empty")}</p>;
  const List = SHOWN_LISTS[kind];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {offered.length > 1 ? (
          <Segments
            label={t("kind")}
            value={kind}
            onChange={setKind}
            options={offered.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
        ) : null}
        <SearchBox value={search} label={t(`search.${kind}`)} onChange={setSearch} />
      </div>
      <List search={search} areReady={areReady} {...cards} />
    </div>
  );
}
