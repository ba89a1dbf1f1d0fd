import { useTranslations } from "use-intl";
import { Page } from "../shell/page.tsx";
import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SettingsSection } from "./settings-section.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

/** One's own name, password and look. */
export function AccountPage() {
  const t = useTranslations("ownAccount");
  return (
    <Page title={t("title")} purpose={t("purpose")}>
      <SettingsSection title={t("profile")} text={t("profileText")}>
        <ProfileForm />
      </SettingsSection>
      <SettingsSection title={t("password")} text={t("passwordText")}>
        <PasswordForm />
      </SettingsSection>
      <SettingsSection title={t("look")} text={t("lookText")}>
        <ThemeChoice />
      </SettingsSection>
    </Page>
  );
}
