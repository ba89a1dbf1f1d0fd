import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Avatar } from "@vitrine/ui/avatar";
import { Kbd } from "@vitrine/ui/kbd";
import { ChevronsUpDown, Search } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "../../lib/session.ts";
import { organizationQuery } from "../settings/settings-queries.ts";
import { useAppActions } from "./app-actions.tsx";
import { loadPalette } from "./load-palette.ts";
import { MenuOnDemand } from "./menu-on-demand.tsx";
import { Wordmark } from "./wordmark.tsx";

const loadAccountMenu = () => import("./account-menu.tsx");
const loadOrganizationMenu = () => import("./organization-menu.tsx");
const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Who, where, and the search that finds anything. */
export function Header() {
  const t = useTranslations("shell");
  const actions = useAppActions();
  const { organization, user } = useSession();
  return (
    <header className="flex h-13 shrink-0 items-center gap-1.5 border-b bg-surface px-2 sm:gap-3 sm:px-4">
      <Link to="/" aria-label={t("toOverview")} className="ps-1 md:hidden">
        <Wordmark isFolded />
      </Link>
      <MenuOnDemand
        load={loadOrganizationMenu}
        trigger={
          <button
            type="button"
            aria-label={t("organization", { name: organization.name })}
            className="flex h-9 min-w-0 items-center gap-2 rounded-md px-1.5 hover:bg-hover"
          >
            <OrganizationSign />
            <span className="truncate font-medium">
              {[organization.name, ...(organization.businesses ?? []).map(({ name }) => name)].join(" · ")}
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        }
      />
      <div className="grow" />
      <button
        type="button"
        onClick={actions.search}
        onPointerEnter={() => void loadPalette()}
        aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover sm:w-64 sm:border sm:border-control/50 sm:bg-raised lg:w-80"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="sr-only grow text-start sm:not-sr-only">{t("search")}</span>
        <span className="hidden gap-1 sm:flex" aria-hidden>
          <Kbd>{isMac ? "⌘" : "Ctrl"}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <MenuOnDemand
        load={loadAccountMenu}
        trigger={
          <button
            type="button"
            aria-label={t("account", { name: user.name })}
            className="grid size-9 place-items-center rounded-md hover:bg-hover"
          >
            <Avatar name={user.name} />
          </button>
        }
      />
    </header>
  );
}

/** The organization's logo, or the first letters of its name until it is there, or where there is none. */
function OrganizationSign() {
  const { organization } = useSession();
  const { data } = useQuery({ ...organizationQuery, enabled: organization.hasLogo });
  const url = data?.brandLogo?.url;
  if (!url) return <Avatar name={organization.name} className="size-6" />;
  return <img src={url} alt="" className="h-6 max-w-20 shrink-0 object-contain" />;
}
