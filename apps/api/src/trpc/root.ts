import { accountRouter } from "../features/account/router.ts";
import { apiKeysRouter } from "../features/api-keys/router.ts";
import { assetsRouter } from "../features/assets/router.ts";
import { auditRouter } from "../features/audit/router.ts";
import { businessesRouter } from "../features/businesses/router.ts";
import { daypartsRouter } from "../features/dayparts/router.ts";
import { devicesRouter } from "../features/devices/router.ts";
import { domainsRouter } from "../features/domains/router.ts";
import { eventsRouter } from "../features/events/router.ts";
import { groupsRouter } from "../features/groups/router.ts";
import { invitationsRouter } from "../features/invitations/router.ts";
import { layoutsRouter } from "../features/layouts/router.ts";
import { membersRouter } from "../features/members/router.ts";
import { organizationRouter } from "../features/organization/router.ts";
import { overviewRouter } from "../features/overview/router.ts";
import { playlistsRouter } from "../features/playlists/router.ts";
import { scheduleRouter } from "../features/schedule/router.ts";
import { secondFactorRouter } from "../features/second-factor/router.ts";
import { router } from "./init.ts";

/** Everything that people and programs call: one line a feature. */
export const appRouter = router({
  account: accountRouter,
  apiKeys: apiKeysRouter,
  devices: devicesRouter,
  assets: assetsRouter,
  audit: auditRouter,
  businesses: businessesRouter,
  domains: domainsRouter,
  events: eventsRouter,
  invitations: invitationsRouter,
  members: membersRouter,
  organization: organizationRouter,
  overview: overviewRouter,
  playlists: playlistsRouter,
  layouts: layoutsRouter,
  dayparts: daypartsRouter,
  groups: groupsRouter,
  schedule: scheduleRouter,
  secondFactor: secondFactorRouter,
});
export type AppRouter = typeof appRouter;
