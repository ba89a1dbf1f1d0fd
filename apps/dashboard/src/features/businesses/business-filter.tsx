import { lazy, Suspense } from "react";
import { useSession } from "../../lib/session.ts";
import { useBusinessNames } from "./use-business-names.ts";

const BusinessFilterChoice = lazy(async () => ({
  default: (await import("./business-filter-choice.tsx")).BusinessFilterChoice,
}));

/** Narrows a list to what belongs to one business; its script is fetched where there is more than one to choose from. */
export function BusinessFilter(props: {
  value: string | undefined;
  onChange: (business: string | undefined) => void;
}) {
  const { businesses } = useSession().organization;
  const names = useBusinessNames();
  if ((names?.length ?? 0) < (businesses === null ? 1 : 2)) return null;
  return (
    <Suspense>
      <BusinessFilterChoice {...props} />
    </Suspense>
  );
}
