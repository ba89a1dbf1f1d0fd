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
        retry: isWorthAnotherTry,
        retryDelay: (attempt) => Math.min(4_000, 400 * 2 ** attempt),
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

/** A query under way while the session got a new secret was sent with the former one: it is asked once more. */
function isWorthAnotherTry(count: number, error: unknown): boolean {
  const { code, isRetryable } = toFailure(error);
  return code === "NOT_SIGNED_IN" ? count < 1 : count < 2 && isRetryable;
}
