import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { toFailure } from "./failure.ts";

/** Holds what the server said. Streams tell what is out of date; what is older than 30 s is asked for again on use. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (toFailure(error).code === "NOT_SIGNED_IN") onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < 2 && toFailure(error).isRetryable,
        retryDelay: (attempt) => Math.min(4_000, 400 * 2 ** attempt),
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
