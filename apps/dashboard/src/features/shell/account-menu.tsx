import { Link } from "@tanstack/react-router";
import { Menu, MenuChoices, MenuHeader, MenuItem, MenuLink, MenuSeparator } from "@vitrine/ui/menu";
import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useEnterSession, useSession } from "../../lib/session.ts";
import { chooseTheme, storedTheme, THEMES } from "../../lib/theme.ts";
import { useAct } from "../../lib/use-act.ts";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

/** One's own things: account, look, and the way out. Open as soon as it is there. */
export default function AccountMenu({ trigger }: { trigger: ReactElement }) {
  const t = useTranslations("shell");
  const themes = useTranslations("theme");
  const { user } = useSession();
  const enter = useEnterSession();
  const [theme, setTheme] = useState(() => storedTheme(localStorage));
  const signOut = useAct(() => api.account.signOut.mutate(), {
    done: () => enter(null),
  });
  return (
    <Menu isOpenAtFirst trigger={trigger}>
      <MenuHeader>
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-muted text-sm">{user.email}</p>
      </MenuHeader>
      <MenuSeparator />
      <MenuLink icon={<UserRound aria-hidden />} render={<Link to="/settings/account" />}>
        {t("yourAccount")}
      </MenuLink>
      <MenuChoices
        label={themes("label")}
        value={theme}
        onChange={(next) => {
          setTheme(next);
          chooseTheme(next, localStorage, document.documentElement);
        }}
        options={THEMES.map((value) => {
          const Icon = THEME_ICONS[value];
          return { value, label: themes(value), icon: <Icon aria-hidden /> };
        })}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => signOut.mutate(undefined)}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
