import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { Toaster } from "@vitrine/ui/toaster";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { rememberVisit } from "../../lib/first-visit.ts";
import { SessionProvider, sessionQuery } from "../../lib/session.ts";
import { UploadsProvider } from "../uploads/uploads-context.tsx";
import { AppFrame } from "./app-frame.tsx";
import { NoOrganization } from "./no-organization.tsx";

/** Everything behind the sign-in: the frame around each page, anew for each organization. */
export function AppShell() {
  const t = useTranslations("common");
  const { data: session } = useQuery(sessionQuery);
  const router = useRouter();
  const isSignedOut = session === null;
  useEffect(() => rememberVisit(localStorage), []);
  useEffect(() => {
    if (isSignedOut) void router.invalidate();
  }, [isSignedOut, router]);
  if (!session) return null;
  return (
    <>
      {session.organization ? (
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
        <NoOrganization session={session} />
      )}
      <Toaster closeLabel={t("close")} regionLabel={t("notices")} />
    </>
  );
}
