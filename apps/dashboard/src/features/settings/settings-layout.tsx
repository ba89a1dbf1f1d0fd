import { Link, Outlet } from "@tanstack/react-router";
import {
  Building2,
  Clock,
  Gauge,
  Globe,
  KeyRound,
  ScrollText,
  ShieldCheck,
  UserRound,
  UsersRound,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { MoreMessages } from "../../lib/more-messages.tsx";
import { useCan } from "../../lib/session.ts";
import { enSettings } from "../../messages/en-settings.ts";

/** The pages of settings and the way between them. */
export function SettingsLayout() {
  const t = useTranslations("settings");
  const can = useCan();
  const pages = [
    {
      to: "/settings/organization",
      name: "organization",
      icon: Building2,
      isShown: can("organization.view"),
    },
    { to: "/settings/domains", name: "domains", icon: Globe, isShown: can("organization.edit") },
    { to: "/settings/people", name: "people", icon: UsersRound, isShown: can("members.view") },
    { to: "/settings/dayparts", name: "dayparts", icon: Clock, isShown: can("schedule.view") },
    { to: "/settings/api-keys", name: "apiKeys", icon: KeyRound, isShown: can("apiKeys.view") },
    { to: "/settings/plan", name: "plan", icon: Gauge, isShown: can("organization.view") },
    { to: "/settings/audit", name: "audit", icon: ScrollText, isShown: can("audit.view") },
    { to: "/settings/security", name: "security", icon: ShieldCheck, isShown: true },
    { to: "/settings/account", name: "account", icon: UserRound, isShown: true },
  ] as const;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <nav aria-label={t("title")} className="shrink-0 overflow-x-auto border-b px-4 sm:px-6 lg:px-8">
        <ul className="flex gap-5">
          {pages
            .filter((page) => page.isShown)
            .map((page) => (
              <li key={page.to}>
                <Link
                  to={page.to}
                  className="-mb-px flex h-11 items-center gap-2 whitespace-nowrap border-transparent border-b-2 font-medium text-muted -outline-offset-2 hover:text-text data-[status=active]:border-accent data-[status=active]:text-text"
                >
                  <page.icon aria-hidden className="size-4" />
                  {t(page.name)}
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <div className="min-h-0 grow">
        <MoreMessages messages={enSettings}>
          <Outlet />
        </MoreMessages>
      </div>
    </div>
  );
}
