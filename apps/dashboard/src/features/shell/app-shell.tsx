import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { rememberVisit } from "../../lib/first-visit.ts";
import { barrierOf, type Membership, SessionProvider, sessionQuery } from "../../lib/session.ts";
import { useAccent } from "../../lib/use-accent.ts";
import { UploadsProvider } from "../uploads/uploads-context.tsx";
import { AppFrame } from "./app-frame.tsx";
import { Notices } from "./notices.tsx";
import { StepUp } from "./step-up.tsx";

const NoOrganization = lazy(() => import("./no-organization.tsx"));
const Gate = lazy(() => import("../security/gate.tsx"));
const UnavailablePage = lazy(() => import("../tenants/unavailable-page.tsx"));

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
      ) : session.organization ? (
        <Inside session={{ ...session, organization: session.organization }} key={session.organization.id} />
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

/**
 * The pages of one organization. While it holds somebody back, those that are open stay as they were, with all that was
 * typed, below what lets them go on.
 */
function Inside({ session }: { session: Membership }) {
  const barrier = barrierOf(session.organization);
  const [open, setOpen] = useState(barrier === null ? session : null);
  if (barrier === null && open !== session) setOpen(session);
  return (
    <>
      {open ? (
        <SessionProvider value={open}>
          <UploadsProvider>
            <AppFrame>
              <Outlet />
            </AppFrame>
          </UploadsProvider>
        </SessionProvider>
      ) : null}
      {barrier ? (
        <Suspense>
          <Gate session={session} barrier={barrier} isOverPage={open !== null} />
        </Suspense>
      ) : null}
    </>
  );
}
