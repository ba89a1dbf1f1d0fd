import { account } from "./en/account.ts";
import { airtime } from "./en/airtime.ts";
import { content } from "./en/content.ts";
import { faults } from "./en/faults.ts";
import { groups } from "./en/groups.ts";
import { layouts } from "./en/layouts.ts";
import { overrides } from "./en/overrides.ts";
import { overview } from "./en/overview.ts";
import { playlists } from "./en/playlists.ts";
import { schedule } from "./en/schedule.ts";
import { screens } from "./en/screens.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { shown } from "./en/shown.ts";
import { why } from "./en/why.ts";
import type { enScreen } from "./en-screen.ts";

/** Texts of the dashboard in English, by place of use (ICU message syntax): all that the first load brings. */
export const en = {
  ...shell,
  ...account,
  ...overview,
  ...content,
  ...playlists,
  ...layouts,
  ...groups,
  ...schedule,
  ...shown,
  ...screens,
  ...settings,
  ...faults,
  ...why,
  ...airtime,
  ...overrides,
};

declare module "use-intl" {
  interface AppConfig {
    Locale: string;
    Messages: typeof en & typeof enScreen;
  }
}
