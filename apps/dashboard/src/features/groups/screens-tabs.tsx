import { Link } from "@tanstack/react-router";
import { Group, MonitorPlay } from "lucide-react";
import { useTranslations } from "use-intl";

/** The way between the screens and their groups. */
export function ScreensTabs() {
  const t = useTranslations("groups");
  const link =
    "-mb-px flex h-9 items-center gap-2 whitespace-nowrap border-transparent border-b-2 font-medium text-muted -outline-offset-2 hover:text-text data-[status=active]:border-accent data-[status=active]:text-text [&_svg]:size-4";
  return (
    <nav aria-label={t("views")} className="border-b">
      <ul className="flex gap-5">
        <li>
          <Link to="/screens" activeOptions={{ exact: true, includeSearch: false }} className={link}>
            <MonitorPlay aria-hidden />
            {t("screensTab")}
          </Link>
        </li>
        <li>
          <Link to="/screens/groups" activeOptions={{ exact: true, includeSearch: false }} className={link}>
            <Group aria-hidden />
            {t("title")}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
