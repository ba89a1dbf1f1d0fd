import { Link } from "@tanstack/react-router";
import { Button, buttonClass } from "@vitrine/ui/button";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enAccount } from "../../messages/en-account.ts";
import { AddressForm } from "./address-form.tsx";
import { GuestFrame } from "./guest-frame.tsx";

/** Has a link for a new password sent; what it answers is the same whether there is an account or not. */
export function ForgotPasswordPage() {
  return (
    <MoreMessages messages={enAccount}>
      <ForgotPassword />
    </MoreMessages>
  );
}

function ForgotPassword() {
  const t = useTranslations("forgotPassword");
  const [asked, setAsked] = useState<string | null>(null);
  if (asked === null)
    return (
      <GuestFrame title={t("title")} purpose={t("purpose")}>
        <AddressForm
          label={t("send")}
          onSubmit={async (email) => {
            await api.account.requestPasswordReset.mutate({ email });
            setAsked(email);
          }}
        />
        <ToSignIn />
      </GuestFrame>
    );
  return (
    <GuestFrame title={t("askedTitle")} purpose={t("askedPurpose", { email: asked })}>
      <div className="grid gap-4" role="status">
        <p className="text-muted">{t("askedText")}</p>
      </div>
      <div className="grid gap-3">
        <Link to="/sign-in" className={buttonClass("primary", "lg")}>
          {t("toSignIn")}
        </Link>
        <Button size="lg" onClick={() => setAsked(null)}>
          {t("again")}
        </Button>
      </div>
    </GuestFrame>
  );
}

function ToSignIn() {
  const t = useTranslations("forgotPassword");
  return (
    <p className="text-center">
      <Link to="/sign-in" className="font-medium text-accent-text underline-offset-4 hover:underline">
        {t("toSignIn")}
      </Link>
    </p>
  );
}
