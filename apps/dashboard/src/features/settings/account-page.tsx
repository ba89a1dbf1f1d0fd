import { useTranslations } from "use-intl";
import { Page } from "../shell/page.tsx";
import { EmailForm } from "./email-form.tsx";
import { Membership } from "./membership.tsx";
import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SettingsSection } from "./settings-section.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

/** One's own name, address, password, look, and place in the organization. */
export function AccountPage() {
  const t = useTranslations("ownAccount");
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      <SettingsSection title={t("profile")} text={t("profileText")}>
        <ProfileForm />
      </SettingsSection>
      <SettingsSection title={t("email")} text={t("emailText")}>
        <EmailForm />
      </SettingsSection>
      <SettingsSection title={t("password")} text={t("passwordText")}>
        <PasswordForm />
      </SettingsSection>
      <SettingsSection title={t("look")} text={t("lookText")}>
        <ThemeChoice />
      </SettingsSection>
      <SettingsSection title={t("membership")} text={t("membershipText")}>
        <Membership />
      </SettingsSection>
    </Page>
  );
}
