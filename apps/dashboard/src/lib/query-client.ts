import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { toFailure } from "./failure.ts";
import { sessionQuery, tellsOfBarrier } from "./session.ts";
import { asksForStepUp } from "./step-up.ts";

/** Holds what the server said. Streams tell what is out of date; what is older than 30 s is asked for again on use. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    const { code } = toFailure(error);
    if (code === "NOT_SIGNED_IN") onSignedOut();
    if (tellsOfBarrier(code)) void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const client = new QueryClient({
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
  return client;
}

/**
 * A query under way while the session got a new secret was sent with the former one: it is asked once more. Who did not
 * want to show who they are is not asked for it again.
 */
function isWorthAnotherTry(count: number, error: unknown): boolean {
  const { code, isRetryable } = toFailure(error);
  if (asksForStepUp(error)) return false;
  return code === "NOT_SIGNED_IN" ? count < 1 : count < 2 && isRetryable;
}
