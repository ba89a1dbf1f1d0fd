import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { enAccount } from "../../messages/en-account.ts";
import { Page } from "../shell/page.tsx";
import { AccountEvents } from "./account-events.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { Sessions } from "./sessions.tsx";

/** How one signs in, where one is signed in, and what happened to one's account. */
export function SecurityPage() {
  return (
    <MoreMessages messages={enAccount}>
      <Security />
    </MoreMessages>
  );
}

function Security() {
  const t = useTranslations("security");
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      <SecondFactorSection />
      <Sessions />
      <AccountEvents />
    </Page>
  );
}
