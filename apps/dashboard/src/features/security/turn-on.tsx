import { useQuery } from "@tanstack/react-query";
import type { SessionView } from "@vitrine/core/model/account";
import { Button } from "@vitrine/ui/button";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { sessionQuery } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";

const EnrolDialog = lazy(async () => ({ default: (await import("./enrol-dialog.tsx")).EnrolDialog }));

/** The button that turns the second factor on, and the dialog behind it. */
export function TurnOn({ onDone }: { onDone: (session: SessionView) => void }) {
  const t = useTranslations("factor");
  const { data: session } = useQuery(sessionQuery);
  const begin = useAct(() => api.secondFactor.begin.mutate());
  return (
    <>
      <Button
        variant="primary"
        isBusy={begin.isPending}
        onClick={() => begin.mutate(undefined)}
        className="justify-self-start"
      >
        {t("setUp")}
      </Button>
      {begin.data ? (
        <Suspense>
          <EnrolDialog
            begun={begin.data}
            email={session?.user.email ?? ""}
            onClose={() => begin.reset()}
            onDone={(next) => {
              begin.reset();
              onDone(next);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
