import { accountRouter } from "../features/account/router.ts";
import { apiKeysRouter } from "../features/api-keys/router.ts";
import { membersRouter } from "../features/members/router.ts";
import { organizationRouter } from "../features/organization/router.ts";
import { router } from "./init.ts";

/** Everything that people and programs call: one line a feature. */
export const appRouter = router({
  account: accountRouter,
  apiKeys: apiKeysRouter,
  members: membersRouter,
  organization: organizationRouter,
});
export type AppRouter = typeof appRouter;
