import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@vitrine/ui/button";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { sessionQuery } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { enAccount } from "../../messages/en-account.ts";
import { ActError } from "./act-error.tsx";
import { GuestFrame } from "./guest-frame.tsx";
import { LinkLost } from "./link-lost.tsx";
import { LinkOpening } from "./link-opening.tsx";
import { useLinkToken } from "./use-link-token.ts";
import { WayOut } from "./way-out.tsx";

/** Where links lead that show that an address is somebody's. Opening one does nothing yet: mail programs do that too. */
export function ConfirmEmailPage() {
  const token = useLinkToken("/confirm-email");
  return (
    <MoreMessages messages={enAccount}>
      {token === null ? <LinkLost /> : <ConfirmEmail key={token} token={token} />}
    </MoreMessages>
  );
}

function openedQuery(token: string) {
  return queryOptions({
    queryKey: ["openedEmailLink", token],
    queryFn: ({ signal }) => api.account.openEmailLink.mutate({ token }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function ConfirmEmail({ token }: { token: string }) {
  const t = useTranslations("confirmEmail");
  const queryClient = useQueryClient();
  const [stage, setStage] = useState<"open" | "done" | "gone">("open");
  const opened = useQuery({ ...openedQuery(token), enabled: stage === "open" });
  const confirm = useAct(() => api.account.confirmEmail.mutate({ token }), {
    done: () => {
      setStage("done");
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
    failure: ({ code }) => {
      if (code === "LINK_INVALID") setStage("gone");
      return true;
    },
  });
  const isGone = opened.error !== null && toFailure(opened.error).code === "LINK_INVALID";
  if (stage === "gone" || isGone)
    return (
      <GuestFrame title={t("goneTitle")} purpose={t("gone")}>
        <WayOut />
      </GuestFrame>
    );
  if (!opened.data)
    return (
      <GuestFrame title={t("openingTitle")} purpose={t("openingPurpose")}>
        <LinkOpening opened={opened} />
      </GuestFrame>
    );
  const { email } = opened.data;
  if (stage === "done")
    return (
      <GuestFrame title={t("doneTitle")} purpose={t("done", { email })}>
        <WayOut />
      </GuestFrame>
    );
  return (
    <GuestFrame title={t("title")} purpose={t("purpose", { email })}>
      <ActError error={confirm.error} />
      <Button
        variant="primary"
        size="lg"
        isBusy={confirm.isPending}
        onClick={() => confirm.mutate(undefined)}
      >
        {t("confirm")}
      </Button>
    </GuestFrame>
  );
}
