import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { BusinessName } from "@vitrine/core/model/business";
import { useSession } from "../../lib/session.ts";
import { businessNamesQuery } from "./business-queries.ts";

/** The businesses that this person may choose from, by name; undefined until that is known. */
export function useBusinessNames(): readonly BusinessName[] | undefined {
  const { businesses } = useSession().organization;
  const { data, isError } = useQuery({ ...businessNamesQuery, enabled: businesses === null });
  return businesses ?? (isError ? [] : data?.rows);
}

/**
 * The business that the page is narrowed to, where there is one: new things are likely to belong to it. Until it is known
 * which ones there are, the address is believed, since a form begins with what this says when it opens.
 */
export function useBusinessInView(): string | undefined {
  const { business } = useSearch({ strict: false });
  const names = useBusinessNames();
  return names ? names.find(({ id }) => id === business)?.id : business;
}
