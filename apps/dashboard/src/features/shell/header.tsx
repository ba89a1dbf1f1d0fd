import { Link } from "@tanstack/react-router";
import { Kbd } from "@vitrine/ui/kbd";
import { Search } from "lucide-react";
import { useTranslations } from "use-intl";
import { AccountMenu } from "./account-menu.tsx";
import { useAppActions } from "./app-actions.tsx";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import { Wordmark } from "./wordmark.tsx";

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Who, where, and the search that finds anything. */
export function Header() {
  const t = useTranslations("shell");
  const actions = useAppActions();
  return (
    <header className="flex h-13 shrink-0 items-center gap-1.5 border-b bg-surface px-2 sm:gap-3 sm:px-4">
      <Link to="/" aria-label={t("toOverview")} className="ps-1 md:hidden">
        <Wordmark isFolded />
      </Link>
      <OrganizationSwitcher />
      <div className="grow" />
      <button
        type="button"
        onClick={actions.search}
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
      <AccountMenu />
    </header>
  );
}
