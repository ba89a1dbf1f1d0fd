import { Button } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";

/** What of a paged query its next page needs. */
type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

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

/** The same for a list that asks for its next page itself when its end comes into view. */
export function useMore({ hasNextPage, isFetchingNextPage, fetchNextPage }: Paged) {
  const common = useTranslations("common");
  if (!hasNextPage) return undefined;
  return {
    label: common("loadMore"),
    isLoading: isFetchingNextPage,
    onLoad: () => void fetchNextPage(),
  };
}
