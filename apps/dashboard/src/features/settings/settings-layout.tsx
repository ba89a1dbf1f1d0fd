import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useChosenInSight } from "@vitrine/ui/use-chosen-in-sight";
import {
  Bell,
  Building2,
  Clock,
  Gauge,
  Globe,
  KeyRound,
  ListChecks,
  ScrollText,
  ShieldCheck,
  Store,
  UserRound,
  UsersRound,
} from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useCan, useSession } from "../../lib/session.ts";
import { enSettings } from "../../messages/en-settings.ts";

/** The pages of settings and the way between them: a list beside the page where there is room, else a row above it. */
export function SettingsLayout() {
  return (
    <MoreMessages messages={enSettings}>
      <Layout />
    </MoreMessages>
  );
}

function Layout() {
  const t = useTranslations("settings");
  const can = useCan();
  const isLimited = useSession().organization.businesses !== null;
  const groups = [
    {
      title: "ofOrganization",
      pages: [
        {
          to: "/settings/organization",
          name: "organization",
          icon: Building2,
          isShown: can("organization.view"),
        },
        { to: "/settings/domains", name: "domains", icon: Globe, isShown: can("organization.edit") },
        { to: "/settings/businesses", name: "businesses", icon: Store, isShown: can("businesses.view") },
        { to: "/settings/dayparts", name: "dayparts", icon: Clock, isShown: can("schedule.view") },
        {
          to: "/settings/notifications",
          name: "notifications",
          icon: Bell,
          isShown: can("organization.view"),
        },
        { to: "/settings/plan", name: "plan", icon: Gauge, isShown: can("organization.view") && !isLimited },
        { to: "/settings/api-keys", name: "apiKeys", icon: KeyRound, isShown: can("apiKeys.view") },
        { to: "/settings/audit", name: "audit", icon: ScrollText, isShown: can("audit.view") },
      ],
    },
    {
      title: "ofPeople",
      pages: [
        { to: "/settings/people", name: "people", icon: UsersRound, isShown: can("members.view") },
        { to: "/settings/rights", name: "rights", icon: ListChecks, isShown: can("members.view") },
      ],
    },
    {
      title: "ofYou",
      pages: [
        { to: "/settings/security", name: "security", icon: ShieldCheck, isShown: true },
        { to: "/settings/account", name: "account", icon: UserRound, isShown: true },
      ],
    },
  ] as const;
  const shown = groups
    .map((group) => ({ ...group, pages: group.pages.filter((page) => page.isShown) }))
    .filter(({ pages }) => pages.length > 0);
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useChosenInSight(nav, pathname);
  return (
    <div className="flex h-full min-h-0 flex-col lg:flex-row">
      <nav
        ref={nav}
        aria-label={t("title")}
        className="flex shrink-0 gap-5 overflow-x-auto border-b px-4 sm:px-6 lg:w-56 lg:flex-col lg:overflow-y-auto lg:border-e lg:border-b-0 lg:px-3 lg:py-4"
      >
        {shown.map((group) => (
          <div key={group.title} className="shrink-0">
            <p className="hidden px-2.5 pb-1 font-medium text-muted text-xs lg:block">{t(group.title)}</p>
            <ul className="flex gap-5 lg:grid lg:gap-0.5">
              {group.pages.map((page) => (
                <li key={page.to}>
                  <Link
                    to={page.to}
                    className="-mb-px flex h-11 items-center gap-2 whitespace-nowrap border-transparent border-b-2 font-medium text-muted -outline-offset-2 hover:text-text data-[status=active]:border-accent data-[status=active]:text-text lg:mb-0 lg:h-9 lg:rounded-md lg:border-0 lg:px-2.5 lg:data-[status=active]:bg-accent-soft lg:data-[status=active]:text-accent-text lg:hover:bg-hover"
                  >
                    <page.icon aria-hidden className="size-4" />
                    {t(page.name)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="min-h-0 min-w-0 grow">
        <Outlet />
      </div>
    </div>
  );
}
