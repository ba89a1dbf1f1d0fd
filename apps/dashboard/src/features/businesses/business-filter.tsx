import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useSession } from "../../lib/session.ts";
import { businessNamesQuery } from "./business-queries.ts";

const BusinessFilterChoice = lazy(async () => ({
  default: (await import("./business-filter-choice.tsx")).BusinessFilterChoice,
}));

/** Narrows a list to what belongs to one business; its script is fetched where there is more than one to choose from. */
export function BusinessFilter(props: {
  value: string | undefined;
  onChange: (business: string | undefined) => void;
}) {
  const { businesses } = useSession().organization;
  const { data } = useQuery(businessNamesQuery);
  if ((data?.rows.length ?? 0) < (businesses === null ? 1 : 2)) return null;
  return (
    <Suspense>
      <BusinessFilterChoice {...props} />
    </Suspense>
  );
}
