import { Link, useMatchRoute } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { MenuOnDemand } from "./menu-on-demand.tsx";
import { SECTIONS, SECTIONS_AT_HAND } from "./sections.ts";

const ITEM =
  "grid h-14 w-full content-center justify-items-center gap-0.5 text-[0.6875rem] text-muted leading-4 -outline-offset-2 data-[status=active]:font-medium data-[status=active]:text-accent-text";
const loadMoreSections = () => import("./more-sections.tsx");

/** The sections at the bottom of a narrow window: those at hand, and the rest in a menu. */
export function BottomBar() {
  const t = useTranslations("shell");
  const can = useCan();
  const isAt = useMatchRoute();
  const sections = SECTIONS.filter((section) => can(section.permission));
  const rest = sections.slice(SECTIONS_AT_HAND);
  const isInRest = rest.some(({ to }) => isAt({ to, fuzzy: true }));
  return (
    <nav
      aria-label={t("sections")}
      className="shrink-0 border-t bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {sections.slice(0, SECTIONS_AT_HAND).map((section) => (
          <li key={section.to} className="min-w-0 grow basis-0">
            <Link to={section.to} activeOptions={{ exact: section.to === "/" }} className={ITEM}>
              <section.icon aria-hidden className="size-5" />
              <span className="max-w-full truncate">{t(section.name)}</span>
            </Link>
          </li>
        ))}
        {rest.length > 0 ? (
          <li className="min-w-0 grow basis-0">
            <MenuOnDemand
              load={loadMoreSections}
              trigger={
                <button
                  type="button"
                  aria-label={t("moreSections")}
                  data-status={isInRest ? "active" : undefined}
                  className={ITEM}
                >
                  <Ellipsis aria-hidden className="size-5" />
                  <span className="max-w-full truncate">{t("more")}</span>
                </button>
              }
            />
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
