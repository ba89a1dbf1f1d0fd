import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import type { Paged } from "./use-more.ts";

/** Fetches the next page of a list; nothing where there is none. */
export function LoadMore({ query, size }: { query: Paged; size?: "sm" }) {
  const common = useTranslations("common");
  if (!query.hasNextPage) return null;
  return (
    <Button
      {...(size && { size })}
      className="justify-self-center"
      isBusy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {common("loadMore")}
    </Button>
  );
}
