import type { UseQueryResult } from "@tanstack/react-query";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { Segments } from "@vitrine/ui/segments";
import { ChartBarBig, Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { QueryError, StaleNotice } from "./query-states.tsx";

/** Figures over a range of time that is chosen, drawn or as a table, in each state that they can be in. */
export function ChartSection<Range extends string, Data>({
  title,
  purpose,
  range,
  table,
  query,
  loading,
  children,
}: {
  title: string;
  purpose: string;
  range: {
    label: string;
    value: Range;
    options: readonly { value: Range; label: string }[];
    onChange: (range: Range) => void;
  };
  /** What the button says that shows them as a table, and the one that draws them again. */
  table: { show: string; leave: string };
  query: UseQueryResult<Data>;
  /** Stands there while the first figures are on their way. */
  loading: ReactNode;
  children: (data: Data, isTable: boolean) => ReactNode;
}) {
  const heading = useId();
  const [isTable, setTable] = useState(false);
  return (
    <section aria-labelledby={heading} className="grid gap-4 rounded-lg border bg-raised p-4">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="grid min-w-0 grow basis-52">
          <h2 id={heading} className="font-medium">
            {title}
          </h2>
          <p className="text-muted text-sm">{purpose}</p>
        </div>
        <div className="flex items-center gap-2">
          <Segments {...range} />
          <IconButton
            label={isTable ? table.leave : table.show}
            variant="secondary"
            onClick={() => setTable(!isTable)}
          >
            {isTable ? <ChartBarBig aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
        </div>
      </header>
      <StaleNotice query={query} hasData={query.data !== undefined} />
      {query.data ? (
        <div className={cn("grid gap-4", query.isPlaceholderData && "opacity-60")}>
          {children(query.data, isTable)}
        </div>
      ) : query.isError ? (
        <QueryError query={query} />
      ) : (
        loading
      )}
    </section>
  );
}
