import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { GuestFrame } from "./guest-frame.tsx";
import { LinkOpening } from "./link-opening.tsx";
import { SignUpForm } from "./sign-up-form.tsx";
import { useLinkToken } from "./use-link-token.ts";

const SignUpByLink = lazy(() => import("./sign-up-by-link.tsx"));
const SignUpByInvitation = lazy(() => import("./sign-up-by-invitation.tsx"));
const RequestSignUp = lazy(() => import("./request-sign-up.tsx"));

/** Where somebody new begins, and where the link leads that they were sent. */
export function SignUpPage() {
  const t = useTranslations("account");
  const held = useLinkToken("/sign-up");
  const [dropped, setDropped] = useState<string | null>(null);
  const token = held === dropped ? null : held;
  const way = useQuery({
    queryKey: ["signUpWay"],
    queryFn: ({ signal }) => api.account.signUpWay.query(undefined, { signal }),
    enabled: token === null,
  });
  return (
    <Suspense>
      {token !== null ? (
        <SignUpByLink key={token} token={token} onNewLink={() => setDropped(token)} />
      ) : way.data?.way === "byLink" ? (
        <RequestSignUp />
      ) : way.data?.way === "byInvitation" ? (
        <SignUpByInvitation />
      ) : (
        <GuestFrame title={t("signUpTitle")} purpose={t("signUpPurpose")}>
          {way.data ? <SignUpForm /> : <LinkOpening opened={way} />}
        </GuestFrame>
      )}
    </Suspense>
  );
}
