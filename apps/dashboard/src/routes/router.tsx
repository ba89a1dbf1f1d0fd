import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readAuditSearch } from "../features/audit/audit-search.ts";
import { readBusinessesSearch } from "../features/businesses/businesses-search.ts";
import { readContentSearch } from "../features/content/content-search.ts";
import { readGroupsSearch } from "../features/groups/groups-search.ts";
import { readLayoutsSearch } from "../features/layouts/layouts-search.ts";
import { readPeopleSearch } from "../features/people/people-search.ts";
import { readRightsSearch } from "../features/people/rights-search.ts";
import { readPlaylistsSearch } from "../features/playlists/playlists-search.ts";
import { readPreviewSearch } from "../features/preview/preview-search.ts";
import { readScheduleSearch } from "../features/schedule/schedule-search.ts";
import { readScreenSearch } from "../features/screen/screen-search.ts";
import { readScreensSearch } from "../features/screens/screens-search.ts";
import { readDaypartsSearch } from "../features/settings/dayparts-search.ts";
import { addressQuery } from "../lib/address.ts";
import { isFirstVisit } from "../lib/first-visit.ts";
import { ownPath, text } from "../lib/search-params.ts";
import { sessionQuery } from "../lib/session.ts";
import { NotFoundPage, RoutePending, RouteTrouble } from "./route-states.tsx";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ notFoundComponent: NotFoundPage });

const guest = createRoute({
  getParentRoute: () => root,
  id: "guest",
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = ownPath(search.next);
    return next ? { next } : {};
  },
  beforeLoad: async ({ context, search }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session) throw redirect({ href: search.next ?? "/" });
  },
});
const signIn = createRoute({
  getParentRoute: () => guest,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../features/account/sign-in-page.tsx"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => guest,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("../features/account/sign-up-page.tsx"), "SignUpPage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  beforeLoad: ({ context }) => context.queryClient.ensureQueryData(sessionQuery).then(() => undefined),
  component: lazyRouteComponent(() => import("../features/account/invitation-page.tsx"), "InvitationPage"),
});
/** Where links of messages about an account lead, signed in or not. */
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgot-password",
  component: lazyRouteComponent(
    () => import("../features/account/forgot-password-page.tsx"),
    "ForgotPasswordPage",
  ),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(
    () => import("../features/account/reset-password-page.tsx"),
    "ResetPasswordPage",
  ),
});
const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: "/confirm-email",
  component: lazyRouteComponent(
    () => import("../features/account/confirm-email-page.tsx"),
    "ConfirmEmailPage",
  ),
});

/** Whether the address is an organization's, where nobody founds another. */
async function isAtOrganization(queryClient: QueryClient): Promise<boolean> {
  const address = await queryClient.ensureQueryData(addressQuery).catch(() => undefined);
  return address?.isBound ?? false;
}

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session) return;
    const next = location.href === "/" ? {} : { next: location.href };
    const isNewcomer = isFirstVisit(localStorage) && !(await isAtOrganization(context.queryClient));
    throw redirect({ to: isNewcomer ? "/sign-up" : "/sign-in", search: next });
  },
  component: lazyRouteComponent(() => import("../features/shell/app-shell.tsx"), "AppShell"),
});
const overview = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: lazyRouteComponent(() => import("../features/overview/overview-page.tsx"), "OverviewPage"),
});
const content = createRoute({
  getParentRoute: () => app,
  path: "/content",
  validateSearch: readContentSearch,
  component: lazyRouteComponent(() => import("../features/content/content-page.tsx"), "ContentPage"),
});
const playlists = createRoute({
  getParentRoute: () => app,
  path: "/playlists",
  validateSearch: readPlaylistsSearch,
  component: lazyRouteComponent(() => import("../features/playlists/playlists-page.tsx"), "PlaylistsPage"),
});
const playlist = createRoute({
  getParentRoute: () => app,
  path: "/playlists/$playlistId",
  component: lazyRouteComponent(() => import("../features/playlists/playlist-page.tsx"), "PlaylistPage"),
});
const layouts = createRoute({
  getParentRoute: () => app,
  path: "/layouts",
  validateSearch: readLayoutsSearch,
  component: lazyRouteComponent(() => import("../features/layouts/layouts-page.tsx"), "LayoutsPage"),
});
const layout = createRoute({
  getParentRoute: () => app,
  path: "/layouts/$layoutId",
  component: lazyRouteComponent(() => import("../features/layouts/layout-page.tsx"), "LayoutPage"),
});
const schedule = createRoute({
  getParentRoute: () => app,
  path: "/schedule",
  validateSearch: readScheduleSearch,
  component: lazyRouteComponent(() => import("../features/schedule/schedule-page.tsx"), "SchedulePage"),
});
const screens = createRoute({
  getParentRoute: () => app,
  path: "/screens",
  validateSearch: readScreensSearch,
  component: lazyRouteComponent(() => import("../features/screens/screens-page.tsx"), "ScreensPage"),
});
const groups = createRoute({
  getParentRoute: () => app,
  path: "/screens/groups",
  validateSearch: readGroupsSearch,
  component: lazyRouteComponent(() => import("../features/groups/groups-page.tsx"), "GroupsPage"),
});
const screen = createRoute({
  getParentRoute: () => app,
  path: "/screens/$deviceId",
  validateSearch: readScreenSearch,
  component: lazyRouteComponent(() => import("../features/screen/screen-page.tsx"), "ScreenPage"),
});
const screenPreview = createRoute({
  getParentRoute: () => app,
  path: "/screens/$deviceId/preview",
  validateSearch: readPreviewSearch,
  component: lazyRouteComponent(() => import("../features/preview/preview-page.tsx"), "PreviewPage"),
});
/** Where the code on a screen's glass leads. */
const pair = createRoute({
  getParentRoute: () => app,
  path: "/pair",
  validateSearch: (search: Record<string, unknown>): { code?: string } => {
    const code = text(search.code, 40);
    return code ? { code } : {};
  },
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/screens", search: { pair: search.code ?? "new" } });
  },
});
const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-layout.tsx"), "SettingsLayout"),
});
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/organization" });
  },
});
const settingsOrganization = createRoute({
  getParentRoute: () => settings,
  path: "/organization",
  component: lazyRouteComponent(
    () => import("../features/settings/organization-page.tsx"),
    "OrganizationPage",
  ),
});
const settingsDomains = createRoute({
  getParentRoute: () => settings,
  path: "/domains",
  component: lazyRouteComponent(() => import("../features/tenants/domains-page.tsx"), "DomainsPage"),
});
const settingsPeople = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import("../features/people/people-page.tsx"), "PeoplePage"),
});
const settingsBusinesses = createRoute({
  getParentRoute: () => settings,
  path: "/businesses",
  validateSearch: readBusinessesSearch,
  component: lazyRouteComponent(() => import("../features/businesses/businesses-page.tsx"), "BusinessesPage"),
});
const settingsDayparts = createRoute({
  getParentRoute: () => settings,
  path: "/dayparts",
  validateSearch: readDaypartsSearch,
  component: lazyRouteComponent(() => import("../features/settings/dayparts-page.tsx"), "DaypartsPage"),
});
const settingsRights = createRoute({
  getParentRoute: () => settings,
  path: "/rights",
  validateSearch: readRightsSearch,
  component: lazyRouteComponent(() => import("../features/people/rights-page.tsx"), "RightsPage"),
});
const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("../features/settings/api-keys-page.tsx"), "ApiKeysPage"),
});
const settingsSecurity = createRoute({
  getParentRoute: () => settings,
  path: "/security",
  component: lazyRouteComponent(() => import("../features/security/security-page.tsx"), "SecurityPage"),
});
const settingsAudit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("../features/audit/audit-page.tsx"), "AuditPage"),
});
const settingsPlan = createRoute({
  getParentRoute: () => settings,
  path: "/plan",
  component: lazyRouteComponent(() => import("../features/plan/plan-page.tsx"), "PlanPage"),
});
const settingsNotifications = createRoute({
  getParentRoute: () => settings,
  path: "/notifications",
  component: lazyRouteComponent(
    () => import("../features/settings/notifications-page.tsx"),
    "NotificationsPage",
  ),
});
const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: "/account",
  component: lazyRouteComponent(() => import("../features/settings/account-page.tsx"), "AccountPage"),
});

const routeTree = root.addChildren([
  guest.addChildren([signIn, signUp]),
  invitation,
  forgotPassword,
  resetPassword,
  confirmEmail,
  app.addChildren([
    overview,
    content,
    playlists,
    playlist,
    layouts,
    layout,
    schedule,
    screens,
    groups,
    screen,
    screenPreview,
    pair,
    settings.addChildren([
      settingsStart,
      settingsOrganization,
      settingsDomains,
      settingsBusinesses,
      settingsPeople,
      settingsDayparts,
      settingsNotifications,
      settingsRights,
      settingsKeys,
      settingsSecurity,
      settingsAudit,
      settingsPlan,
      settingsAccount,
    ]),
  ]),
]);

/** The pages of the dashboard. Each one's script is fetched when it is wanted, or when its link is hovered. */
export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteTrouble,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
