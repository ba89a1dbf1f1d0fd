import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { cn } from "@vitrine/ui/cn";
import { Skeleton } from "@vitrine/ui/skeleton";
import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { LoadMore } from "../../lib/load-more.tsx";
import { Loading, QueryError } from "../../lib/query-states.tsx";
import type { ShownContent } from "./shown-content.ts";

/** One card: what it stands for, its picture, and a line of what it is. */
type ShownOption = { content: ShownContent; picture: ReactNode; facts: string };

export type CardProps = {
  /** `field`: one is chosen among the fields of a form. `press`: a press is the choice. */
  use: "field" | "press";
  chosen: ShownContent | null;
  onChoose: (content: ShownContent) => void;
  describedBy?: string | undefined;
};

const GRID = "grid grid-cols-[repeat(auto-fill,minmax(min(9rem,45%),1fr))] gap-3";
const CARD =
  "relative block w-full cursor-pointer overflow-hidden rounded-lg border bg-raised text-start transition-colors hover:border-control has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent-text";

/** Pictures with names to choose from, a page at a time, in each state of their list. */
export function ShownCards({
  query,
  options,
  isSearch,
  use,
  chosen,
  onChoose,
  describedBy,
}: CardProps & {
  query: UseInfiniteQueryResult<unknown>;
  options: readonly ShownOption[] | undefined;
  isSearch: boolean;
}) {
  const t = useTranslations("shown");
  const group = useId();
  if (query.isError && !options) return <QueryError query={query} />;
  if (!options) {
    return (
      <Loading className={GRID}>
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-32" />
        ))}
      </Loading>
    );
  }
  if (options.length === 0) {
    return (
      <p className="rounded-lg border border-dashed px-3 py-8 text-center text-muted">
        {isSearch ? t("noMatch") : t("empty")}
      </p>
    );
  }
  const cards = options.map((option) => (
    <Card
      key={option.content.id}
      option={option}
      isChosen={chosen?.kind === option.content.kind && chosen.id === option.content.id}
      group={use === "field" ? group : undefined}
      onChoose={() => onChoose(option.content)}
    />
  ));
  return (
    <div className={cn("grid gap-3", use === "field" && "-m-1 max-h-72 overflow-y-auto p-1")}>
      {use === "field" ? (
        <div role="radiogroup" aria-label={t("title")} aria-describedby={describedBy} className={GRID}>
          {cards}
        </div>
      ) : (
        <div className={GRID}>{cards}</div>
      )}
      <LoadMore query={query} />
    </div>
  );
}

function Card({
  option: { content, picture, facts },
  isChosen,
  group,
  onChoose,
}: {
  option: ShownOption;
  isChosen: boolean;
  /** The name of the radios that it is one of; absent: it is a button. */
  group: string | undefined;
  onChoose: () => void;
}) {
  const id = useId();
  const words = { "aria-labelledby": `${id}-name`, "aria-describedby": `${id}-facts` };
  const face = (
    <>
      <span className="relative grid aspect-video w-full place-items-center overflow-hidden border-b bg-sunken">
        {picture}
      </span>
      <span className="grid px-2 py-1.5">
        <span id={`${id}-name`} className="truncate font-medium text-sm">
          {content.name}
        </span>
        <span id={`${id}-facts`} className="tabular h-4 truncate text-muted text-xs">
          {facts}
        </span>
      </span>
      {isChosen ? (
        <span className="absolute end-1.5 top-1.5 grid size-6 place-items-center rounded-md bg-accent text-on-accent">
          <Check aria-hidden className="size-3.5" />
        </span>
      ) : null}
    </>
  );
  const look = cn(CARD, isChosen && "border-accent ring-1 ring-accent hover:border-accent");
  return group === undefined ? (
    <button type="button" {...words} aria-pressed={isChosen} onClick={onChoose} className={look}>
      {face}
    </button>
  ) : (
    <label className={look}>
      {face}
      <input
        type="radio"
        {...words}
        name={group}
        checked={isChosen}
        onChange={onChoose}
        className="absolute inset-0 cursor-pointer appearance-none opacity-0"
      />
    </label>
  );
}
