import { Link } from "@tanstack/react-router";
import { Button } from "@vitrine/ui/button";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enAccount } from "../../messages/en-account.ts";
import { AddressForm } from "./address-form.tsx";
import { GuestFrame } from "./guest-frame.tsx";

/** Has a link for signing up sent; what it answers is the same whether there is an account or not. */
export default function RequestSignUp() {
  return (
    <MoreMessages messages={enAccount}>
      <Request />
    </MoreMessages>
  );
}

function Request() {
  const t = useTranslations("requestSignUp");
  const account = useTranslations("account");
  const [asked, setAsked] = useState<string | null>(null);
  if (asked === null)
    return (
      <GuestFrame title={account("signUpTitle")} purpose={t("purpose")}>
        <AddressForm
          label={t("send")}
          onSubmit={async (email) => {
            await api.account.requestSignUp.mutate({ email });
            setAsked(email);
          }}
        />
        <ToSignIn />
      </GuestFrame>
    );
  return (
    <GuestFrame title={t("askedTitle")} purpose={t("askedPurpose", { email: asked })}>
      <p role="status" className="text-muted">
        {t("askedText")}
      </p>
      <Button size="lg" onClick={() => setAsked(null)}>
        {t("again")}
      </Button>
      <ToSignIn />
    </GuestFrame>
  );
}

function ToSignIn() {
  const t = useTranslations("account");
  return (
    <p className="text-center text-muted">
      {t("haveAccount")}{" "}
      <Link to="/sign-in" className="font-medium text-accent-text underline-offset-4 hover:underline">
        {t("signIn")}
      </Link>
    </p>
  );
}
