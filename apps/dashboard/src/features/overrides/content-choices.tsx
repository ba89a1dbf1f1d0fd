import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { Segments } from "@vitrine/ui/segments";
import { Skeleton } from "@vitrine/ui/skeleton";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { QueryError } from "../../lib/query-states.tsx";
import { SearchBox } from "../../lib/search-box.tsx";
import { ContentPicture } from "./content-picture.tsx";
import {
  CONTENT_KINDS,
  type ContentChoice,
  type ContentKind,
  contentChoicesQuery,
} from "./override-queries.ts";

/** One thing to show, chosen by its picture. */
export function ContentChoices({
  kinds = CONTENT_KINDS,
  chosen,
  onChoose,
  describedBy,
}: {
  kinds?: readonly ContentKind[];
  chosen: ContentChoice | null;
  onChoose: (choice: ContentChoice) => void;
  describedBy?: string | undefined;
}) {
  const t = useTranslations("override");
  const [kind, setKind] = useState<ContentKind>(kinds[0] ?? "asset");
  const [search, setSearch] = useState("");
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Segments
          label={t("chooseKind")}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`choose.${value}`) }))}
        />
        <SearchBox value={search} label={t("contentSearch")} onChange={setSearch} />
      </div>
      <Found
        key={kind}
        kind={kind}
        search={search}
        chosen={chosen}
        onChoose={onChoose}
        describedBy={describedBy}
      />
    </div>
  );
}

function Found({
  kind,
  search,
  chosen,
  onChoose,
  describedBy,
}: {
  kind: ContentKind;
  search: string;
  chosen: ContentChoice | null;
  onChoose: (choice: ContentChoice) => void;
  describedBy: string | undefined;
}) {
  const t = useTranslations("override");
  const common = useTranslations("common");
  const name = useId();
  const query = useInfiniteQuery(contentChoicesQuery(kind, search));
  if (query.isPending) {
    return (
      <div role="status">
        <span className="sr-only">{common("loading")}</span>
        <Skeleton className="h-52" />
      </div>
    );
  }
  if (query.isError && !query.data) return <QueryError query={query} />;
  const choices = query.data?.pages.flatMap((page) => page.choices) ?? [];
  if (choices.length === 0) {
    return (
      <p className="rounded-lg border border-dashed px-3 py-8 text-center text-muted">
        {search ? t("contentNoMatch") : t("contentEmpty")}
      </p>
    );
  }
  return (
    <div
      role="radiogroup"
      aria-label={t("content")}
      aria-describedby={describedBy}
      className="max-h-50 overflow-y-auto rounded-lg border"
    >
      {choices.map((choice) => (
        <label
          key={choice.id}
          className="relative flex min-h-12 cursor-pointer items-center gap-3 px-2.5 py-1.5 not-first:border-t hover:bg-hover has-checked:bg-accent-soft has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent-text has-[:focus-visible]:-outline-offset-2"
        >
          <input
            type="radio"
            name={name}
            checked={chosen?.id === choice.id && chosen.kind === kind}
            onChange={() => onChoose(choice)}
            className="size-4 shrink-0 accent-(--brand-accent)"
          />
          <ContentPicture content={choice} className="h-9 w-16 shrink-0" />
          <span className="min-w-0 grow truncate">{choice.name}</span>
        </label>
      ))}
      {query.hasNextPage ? (
        <div className="border-t p-2 text-center">
          <Button size="sm" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {common("loadMore")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
