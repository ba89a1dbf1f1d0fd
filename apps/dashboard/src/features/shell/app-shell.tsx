import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { rememberVisit } from "../../lib/first-visit.ts";
import { SessionProvider, sessionQuery } from "../../lib/session.ts";
import { useAccent } from "../../lib/use-accent.ts";
import { UploadsProvider } from "../uploads/uploads-context.tsx";
import { AppFrame } from "./app-frame.tsx";
import { Notices } from "./notices.tsx";
import { StepUp } from "./step-up.tsx";

const NoOrganization = lazy(async () => ({
  default: (await import("./no-organization.tsx")).NoOrganization,
}));
const SecondFactorGate = lazy(async () => ({
  default: (await import("../security/second-factor-gate.tsx")).SecondFactorGate,
}));

const SignInAgainGate = lazy(async () => ({
  default: (await import("../tenants/sign-in-again-gate.tsx")).SignInAgainGate,
}));
const UnavailablePage = lazy(async () => ({
  default: (await import("../tenants/unavailable-page.tsx")).UnavailablePage,
}));

/** Everything behind the sign-in: the frame around each page, anew for each organization. */
export function AppShell() {
  const { data: session } = useQuery(sessionQuery);
  const router = useRouter();
  const isSignedOut = session === null;
  useAccent(session?.organization?.brandColor ?? null);
  useEffect(() => rememberVisit(localStorage), []);
  useEffect(() => {
    if (isSignedOut) void router.invalidate();
  }, [isSignedOut, router]);
  if (!session) return null;
  return (
    <>
      {session.isUnavailable ? (
        <Suspense>
          <UnavailablePage session={session} />
        </Suspense>
      ) : session.organization?.mustSignInAgain ? (
        <Suspense>
          <SignInAgainGate session={{ ...session, organization: session.organization }} />
        </Suspense>
      ) : session.organization?.isSecondFactorMissing ? (
        <Suspense>
          <SecondFactorGate session={{ ...session, organization: session.organization }} />
        </Suspense>
      ) : session.organization ? (
        <SessionProvider
          value={{ ...session, organization: session.organization }}
          key={session.organization.id}
        >
          <UploadsProvider>
            <AppFrame>
              <Outlet />
            </AppFrame>
          </UploadsProvider>
        </SessionProvider>
      ) : (
        <Suspense>
          <NoOrganization session={session} />
        </Suspense>
      )}
      <StepUp />
      <Notices />
    </>
  );
}
