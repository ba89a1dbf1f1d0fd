import { account } from "./en/account.ts";
import { content } from "./en/content.ts";
import { faults } from "./en/faults.ts";
import { overview } from "./en/overview.ts";
import { playlists } from "./en/playlists.ts";
import { screens } from "./en/screens.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";

/** Every text of the dashboard in English, by place of use (ICU message syntax). */
export const en = {
  ...shell,
  ...account,
  ...overview,
  ...content,
  ...playlists,
  ...screens,
  ...settings,
  ...faults,
};

declare module "use-intl" {
  interface AppConfig {
    Locale: "en";
    Messages: typeof en;
  }
}
