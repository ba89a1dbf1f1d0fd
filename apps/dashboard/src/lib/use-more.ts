import { useTranslations } from "use-intl";

/** What of a paged query its next page needs. */
export type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The next page, for a list that asks for it when its end comes into view; undefined where there is none. */
export function useMore({ hasNextPage, isFetchingNextPage, fetchNextPage }: Paged) {
  const common = useTranslations("common");
  if (!hasNextPage) return undefined;
  return {
    label: common("loadMore"),
    isLoading: isFetchingNextPage,
    onLoad: () => void fetchNextPage(),
  };
}
