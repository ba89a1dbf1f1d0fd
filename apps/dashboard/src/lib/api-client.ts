import {
  createTRPCClient,
  type HTTPBatchLinkOptions,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
} from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "./app-router.ts";
import { stepUpLink } from "./step-up.ts";

const CALL_TIMEOUT_MS = 30_000;

/** Calls the server with the cookie of this origin; up to ten calls of one tick share a request. */
export const api = createTRPCClient<AppRouter>({
  links: [
    stepUpLink,
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url: "/trpc" }),
      false: httpBatchLink({ url: "/trpc", maxItems: 10, fetch: fetchInTime }),
    }),
  ],
});

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

type Fetch = NonNullable<HTTPBatchLinkOptions<AppRouter["_def"]["_config"]["$types"]>["fetch"]>;

async function fetchInTime(...[address, init]: Parameters<Fetch>): Promise<Response> {
  const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
  const { body, headers, method, signal } = init ?? {};
  return fetch(address, {
    ...(body ? { body } : {}),
    ...(headers ? { headers } : {}),
    ...(method ? { method } : {}),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
}
