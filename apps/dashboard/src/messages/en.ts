import { account } from "./en/account.ts";
import { content } from "./en/content.ts";
import { faults } from "./en/faults.ts";
import { groups } from "./en/groups.ts";
import { layouts } from "./en/layouts.ts";
import { moment } from "./en/moment.ts";
import { overrides } from "./en/overrides.ts";
import { overview } from "./en/overview.ts";
import { plan } from "./en/plan.ts";
import { playlists } from "./en/playlists.ts";
import { screens } from "./en/screens.ts";
import { shell } from "./en/shell.ts";
import { shown } from "./en/shown.ts";
import type { enAccount } from "./en-account.ts";
import type { enAudit } from "./en-audit.ts";
import type { enBusinesses } from "./en-businesses.ts";
import type { enDayparts } from "./en-dayparts.ts";
import type { enFactor } from "./en-factor.ts";
import type { enLayout } from "./en-layout.ts";
import type { enPair } from "./en-pair.ts";
import type { enPeople } from "./en-people.ts";
import type { enPlaylist } from "./en-playlist.ts";
import type { enSchedule } from "./en-schedule.ts";
import type { enScreen } from "./en-screen.ts";
import type { enSettings } from "./en-settings.ts";
import type { enTenants } from "./en-tenants.ts";
import type { enWhy } from "./en-why.ts";

/** Texts of the dashboard in English, by place of use (ICU message syntax): all that the first load brings. */
export const en = {
  ...shell,
  ...account,
  ...overview,
  ...content,
  ...plan,
  ...playlists,
  ...layouts,
  ...groups,
  ...shown,
  ...screens,
  ...faults,
  ...moment,
  ...overrides,
};

declare module "use-intl" {
  interface AppConfig {
    Locale: string;
    Messages: typeof en &
      typeof enAccount &
      typeof enAudit &
      typeof enBusinesses &
      typeof enDayparts &
      typeof enFactor &
      typeof enLayout &
      typeof enPair &
      typeof enPeople &
      typeof enPlaylist &
      typeof enSchedule &
      typeof enScreen &
      typeof enSettings &
      typeof enTenants &
      typeof enWhy;
  }
}
