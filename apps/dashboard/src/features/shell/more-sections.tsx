import { Link } from "@tanstack/react-router";
import { Menu, MenuLink } from "@vitrine/ui/menu";
import type { ReactElement } from "react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { SECTIONS, SECTIONS_AT_HAND } from "./sections.ts";

/** The sections for which the bottom bar has no place. Open as soon as it is there. */
export default function MoreSections({ trigger }: { trigger: ReactElement }) {
  const t = useTranslations("shell");
  const can = useCan();
  const rest = SECTIONS.filter((section) => can(section.permission)).slice(SECTIONS_AT_HAND);
  return (
    <Menu isOpenAtFirst side="top" trigger={trigger}>
      {rest.map((section) => (
        <MenuLink
          key={section.to}
          icon={<section.icon aria-hidden />}
          render={<Link to={section.to} className="data-[status=active]:text-accent-text" />}
        >
          {t(section.name)}
        </MenuLink>
      ))}
    </Menu>
  );
}
