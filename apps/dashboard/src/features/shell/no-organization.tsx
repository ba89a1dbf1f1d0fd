import type { SessionView } from "@vitrine/core/model/account";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enSettings } from "../../messages/en-settings.ts";
import { CreateOrganizationForm } from "../account/create-organization-form.tsx";
import { GuestFrame } from "../account/guest-frame.tsx";
import { RemovedOrganizations } from "../account/removed-organizations.tsx";

/** Signed in, and a member of nothing: the one thing to do is to found an organization. */
export default function NoOrganization({ session }: { session: SessionView }) {
  const t = useTranslations("account");
  return (
    <GuestFrame title={t("noOrganizationTitle")} purpose={t("noOrganization", { email: session.user.email })}>
      <div className="grid gap-8">
        <CreateOrganizationForm />
        <MoreMessages messages={enSettings}>
          <RemovedOrganizations />
        </MoreMessages>
      </div>
    </GuestFrame>
  );
}
