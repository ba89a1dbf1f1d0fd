import type { ComponentProps, ReactNode } from "react";
import { NothingListed } from "../../lib/nothing-listed.tsx";
import { Results } from "../../lib/results.tsx";
import type { FilteredList, Filters } from "./list-filters.tsx";

type Props<Row> = Omit<ComponentProps<typeof Results<Row>>, "nothing"> & {
  list: FilteredList;
  icon: ReactNode;
  search: Filters;
  /** What adds the first one. */
  create: ReactNode;
  onClear: () => void;
};

/** What `ListFilters` leaves of a list, in each state that it can be in. */
export function ListResults<Row>({ list, icon, search, create, onClear, ...rest }: Props<Row>) {
  const nothing = (
    <NothingListed
      list={list}
      icon={icon}
      isNarrowed={Boolean(search.q || search.business)}
      isRemoved={search.removed}
      isOfBusinesses
      onClear={onClear}
      action={create}
    />
  );
  return <Results {...rest} nothing={nothing} />;
}
