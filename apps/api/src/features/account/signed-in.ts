import type { Actor } from "../../auth/principal.ts";
import type { RequestContext } from "../../trpc/context.ts";

/** A request of somebody about their own account. */
export type SignedIn = RequestContext & { user: Extract<Actor, { kind: "user" }> };
