import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "@vitrine/ui/button";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { sessionQuery } from "../../lib/session.ts";
import { enAccount } from "../../messages/en-account.ts";
import { GuestFrame } from "./guest-frame.tsx";
import { LinkLost } from "./link-lost.tsx";
import { LinkOpening } from "./link-opening.tsx";
import { ResetPasswordForm } from "./reset-password-form.tsx";
import { useLinkToken } from "./use-link-token.ts";

/** Where the link for a new password leads. */
export function ResetPasswordPage() {
  const token = useLinkToken("/reset-password");
  return (
    <MoreMessages messages={enAccount}>
      {token === null ? <LinkLost /> : <ResetPassword key={token} token={token} />}
    </MoreMessages>
  );
}

function openedQuery(token: string) {
  return queryOptions({
    queryKey: ["openedPasswordReset", token],
    queryFn: ({ signal }) => api.account.openPasswordReset.mutate({ token }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function ResetPassword({ token }: { token: string }) {
  const t = useTranslations("resetPassword");
  const queryClient = useQueryClient();
  const [stage, setStage] = useState<"open" | "done" | "gone">("open");
  const opened = useQuery({ ...openedQuery(token), enabled: stage === "open" });
  if (stage === "done") return <Done />;
  const isGone = opened.error !== null && toFailure(opened.error).code === "LINK_INVALID";
  if (stage === "gone" || isGone) return <Gone />;
  if (!opened.data)
    return (
      <GuestFrame title={t("openingTitle")} purpose={t("openingPurpose")}>
        <LinkOpening opened={opened} />
      </GuestFrame>
    );
  return (
    <GuestFrame title={t("title")} purpose={t("purpose")}>
      <ResetPasswordForm
        token={token}
        email={opened.data.email}
        onSet={() => {
          setStage("done");
          void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
        }}
        onGone={() => setStage("gone")}
      />
    </GuestFrame>
  );
}

function Done() {
  const t = useTranslations("resetPassword");
  const account = useTranslations("account");
  return (
    <GuestFrame title={t("doneTitle")} purpose={t("done")}>
      <Link to="/sign-in" className={buttonClass("primary", "lg")}>
        {account("signIn")}
      </Link>
    </GuestFrame>
  );
}

function Gone() {
  const t = useTranslations("resetPassword");
  return (
    <GuestFrame title={t("goneTitle")} purpose={t("gone")}>
      <Link to="/forgot-password" className={buttonClass("primary", "lg")}>
        {t("newLink")}
      </Link>
    </GuestFrame>
  );
}
