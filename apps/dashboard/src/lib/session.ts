import { queryOptions, useQueryClient } from "@tanstack/react-query";
import type { SessionView } from "@vitrine/core/model/account";
import type { Permission } from "@vitrine/core/model/permissions";
import { createContext, useContext } from "react";
import { api } from "./api-client.ts";
import type { Failure } from "./failure.ts";

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.account.session.query(undefined, { signal }),
  staleTime: 60_000,
});

/** A session inside an organization: what every page of the app has. */
export type Membership = SessionView & { organization: NonNullable<SessionView["organization"]> };

/** Why an organization lets somebody do nothing yet who belongs to it; what lets them go on is asked for by the gate. */
export type Barrier = "tooOld" | "noFactor";

/** What holds somebody back here, null: nothing. */
export function barrierOf(organization: Membership["organization"]): Barrier | null {
  if (organization.mustSignInAgain) return "tooOld";
  return organization.isSecondFactorMissing ? "noFactor" : null;
}

/** Whether a failure says that something holds somebody back: the session says what. */
export function tellsOfBarrier(code: Failure["code"]): boolean {
  return code === "SIGN_IN_AGAIN" || code === "SECOND_FACTOR_REQUIRED";
}

const SessionContext = createContext<Membership | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** The session of the page. Throws outside of the app's frame. */
export function useSession(): Membership {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs the app's frame around it");
  return session;
}

/** Tells whether this person may do a thing here; what they may not is not offered. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions, businesses } = useSession().organization;
  // Whose businesses are all gone sees nothing, and has nothing to make anything in.
  const seesNothing = businesses?.length === 0;
  return (permission) => permissions.includes(permission) && !(seesNothing && !permission.endsWith(".view"));
}

/** Puts a new session in place and forgets everything that was known of the former one. */
export function useEnterSession(): (session: SessionView | null) => void {
  const queryClient = useQueryClient();
  return (session) => {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    queryClient.setQueryData(sessionQuery.queryKey, session);
  };
}
