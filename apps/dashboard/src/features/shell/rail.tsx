import { Link } from "@tanstack/react-router";
import { cn } from "@vitrine/ui/cn";
import { IconButton } from "@vitrine/ui/icon-button";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { SECTIONS } from "./sections.ts";
import { Wordmark } from "./wordmark.tsx";

/** The sections at the side; folds to icons. */
export function Rail({ isFolded, onFold }: { isFolded: boolean; onFold: (isFolded: boolean) => void }) {
  const t = useTranslations("shell");
  const can = useCan();
  return (
    <nav
      aria-label={t("sections")}
      className={cn(
        "hidden h-full shrink-0 flex-col border-e bg-surface md:flex",
        isFolded ? "w-14" : "w-52",
      )}
    >
      <div className="flex h-13 items-center px-4">
        <Wordmark isFolded={isFolded} />
      </div>
      <ul className="grid gap-0.5 px-2 pt-1">
        {SECTIONS.filter((section) => can(section.permission)).map((section) => {
          return (
            <li key={section.to}>
              <Link
                to={section.to}
                activeOptions={{ exact: section.to === "/" }}
                {...(isFolded ? { "aria-label": t(section.name), "data-tip": t(section.name) } : {})}
                className="flex h-9 items-center gap-3 rounded-md px-2.5 font-medium text-muted transition-colors hover:bg-hover hover:text-text data-[status=active]:bg-accent-soft data-[status=active]:text-accent-text"
              >
                <section.icon aria-hidden className="size-[18px] shrink-0" />
                {isFolded ? null : <span className="truncate">{t(section.name)}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
      <div className="mt-auto p-2.5">
        <IconButton
          label={isFolded ? t("unfoldRail") : t("foldRail")}
          aria-expanded={!isFolded}
          className="text-muted"
          onClick={() => onFold(!isFolded)}
        >
          {isFolded ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
        </IconButton>
      </div>
    </nav>
  );
}
