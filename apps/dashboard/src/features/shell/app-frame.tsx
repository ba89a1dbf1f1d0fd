import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useLiveEvents } from "../../lib/events.ts";
import { useCan, useSession } from "../../lib/session.ts";
import { DropAnywhere } from "../uploads/drop-anywhere.tsx";
import { UploadsPlace } from "../uploads/uploads-place.tsx";
import { AppActionsProvider } from "./app-actions.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { ConnectionNotice } from "./connection-notice.tsx";
import { Header } from "./header.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { Rail } from "./rail.tsx";
import { useAppDialogs } from "./use-app-dialogs.tsx";

const VerifyNotice = lazy(() => import("../account/verify-notice.tsx"));
const RAIL_KEY = "vitrine-rail";

/** Rail, header and the place of the page; what can be begun from anywhere hangs here. */
export function AppFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const can = useCan();
  const { isLive } = useLiveEvents();
  const { mustVerifyEmail } = useSession();
  const dialogs = useAppDialogs();
  const [isFolded, setFolded] = useState(() => localStorage.getItem(RAIL_KEY) === "folded");
  const fold = (next: boolean) => {
    setFolded(next);
    localStorage.setItem(RAIL_KEY, next ? "folded" : "open");
  };
  return (
    <AppActionsProvider value={dialogs.actions}>
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:start-2 focus:top-2"
      >
        {t("skip")}
      </a>
      <div className="flex h-dvh flex-col md:flex-row">
        <Rail isFolded={isFolded} onFold={fold} />
        <div className="flex min-h-0 min-w-0 grow flex-col">
          <Header />
          <ConnectionNotice isLive={isLive} />
          {mustVerifyEmail ? (
            <Suspense>
              <VerifyNotice />
            </Suspense>
          ) : null}
          <main id="page" tabIndex={-1} className="min-h-0 grow outline-none">
            {children}
          </main>
        </div>
        <BottomBar />
      </div>
      {dialogs.input}
      {can("assets.create") ? <DropAnywhere onFiles={dialogs.upload} /> : null}
      <UploadsPlace files={dialogs.files} onFilesTaken={dialogs.forgetFiles} />
      <Suspense>
        <OpenDialog dialog={dialogs.dialog} onClose={dialogs.close} onPair={dialogs.actions.pair} />
      </Suspense>
    </AppActionsProvider>
  );
}
