import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, buttonClass } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { toFailure } from "../../lib/failure.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enAccount } from "../../messages/en-account.ts";
import { GuestFrame } from "./guest-frame.tsx";
import { LinkOpening } from "./link-opening.tsx";
import { SignUpForm } from "./sign-up-form.tsx";

/** Where the link leads that somebody new was sent: the form, for the address that it was sent to. */
export default function SignUpByLink(props: ByLinkProps) {
  return (
    <MoreMessages messages={enAccount}>
      <ByLink {...props} />
    </MoreMessages>
  );
}

type ByLinkProps = { token: string; onNewLink: () => void };

function ByLink({ token, onNewLink }: ByLinkProps) {
  const t = useTranslations("requestSignUp");
  const account = useTranslations("account");
  const opened = useQuery({
    queryKey: ["openedSignUp", token],
    queryFn: ({ signal }) => api.account.openSignUp.mutate({ token }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (opened.error !== null && toFailure(opened.error).code === "LINK_INVALID")
    return (
      <GuestFrame title={t("goneTitle")} purpose={t("gone")}>
        <div className="grid gap-3">
          <Link to="/sign-in" className={buttonClass("primary", "lg")}>
            {account("signIn")}
          </Link>
          <Button size="lg" onClick={onNewLink}>
            {t("newLink")}
          </Button>
        </div>
      </GuestFrame>
    );
  return (
    <GuestFrame title={account("signUpTitle")} purpose={account("signUpPurpose")}>
      {opened.data ? (
        <SignUpForm link={{ token, email: opened.data.email }} />
      ) : (
        <LinkOpening opened={opened} />
      )}
    </GuestFrame>
  );
}
