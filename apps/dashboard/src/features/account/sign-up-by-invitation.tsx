import { Link } from "@tanstack/react-router";
import { buttonClass } from "@vitrine/ui/button";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enAccount } from "../../messages/en-account.ts";
import { GuestFrame } from "./guest-frame.tsx";

/** In place of the form at an organization's address. */
export default function SignUpByInvitation() {
  return (
    <MoreMessages messages={enAccount}>
      <Notice />
    </MoreMessages>
  );
}

function Notice() {
  const t = useTranslations("requestSignUp");
  const account = useTranslations("account");
  return (
    <GuestFrame title={t("invitedTitle")} purpose={t("invited")}>
      <Link to="/sign-in" className={buttonClass("primary", "lg")}>
        {account("signIn")}
      </Link>
    </GuestFrame>
  );
}
