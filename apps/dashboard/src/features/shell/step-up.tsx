import { lazy, Suspense, useSyncExternalStore } from "react";
import { isStepUpWanted, subscribeStepUp } from "../../lib/step-up.ts";

const StepUpDialog = lazy(() => import("../security/step-up-dialog.tsx"));

/** Where password and second factor are asked for again; fetched with the first time. */
export function StepUp() {
  const isWanted = useSyncExternalStore(subscribeStepUp, isStepUpWanted);
  if (!isWanted) return null;
  return (
    <Suspense>
      <StepUpDialog />
    </Suspense>
  );
}
