import { Link } from "@tanstack/react-router";
import type { UsedBy } from "@vitrine/core/model/asset";
import { CalendarDays, Clapperboard, Image, LayoutTemplate, MonitorPlay, Star } from "lucide-react";
import { useTranslations } from "use-intl";

/** What uses a thing, each a way to go there. */
export function UsedByList({ use }: { use: UsedBy }) {
  const t = useTranslations("removal");
  if (!isUsed(use)) {
    return <p className="text-muted">{t("unused")}</p>;
  }
  const line = "flex min-w-0 items-center gap-2 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";
  const link = "truncate text-accent-text underline-offset-4 hover:underline";
  return (
    <ul className="grid max-h-56 gap-1.5 overflow-y-auto text-text">
      {use.isOrganizationDefault ? (
        <li className={line}>
          <Star aria-hidden />
          {t("isDefault")}
        </li>
      ) : null}
      {use.isBrandLogo ? (
        <li className={line}>
          <Image aria-hidden />
          <Link to="/settings/organization" className={link}>
            {t("isLogo")}
          </Link>
        </li>
      ) : null}
      {use.playlists.map((playlist) => (
        <li key={playlist.id} className={line}>
          <Clapperboard aria-hidden />
          <Link to="/playlists/$playlistId" params={{ playlistId: playlist.id }} className={link}>
            {playlist.name}
          </Link>
        </li>
      ))}
      {use.layouts.map((layout) => (
        <li key={layout.id} className={line}>
          <LayoutTemplate aria-hidden />
          <Link to="/layouts/$layoutId" params={{ layoutId: layout.id }} className={link}>
            {layout.name}
          </Link>
        </li>
      ))}
      {use.entries.map((entry) => (
        <li key={entry.id} className={line}>
          <CalendarDays aria-hidden />
          <Link to="/schedule" search={{ entry: entry.id }} className={link}>
            {entry.name}
          </Link>
        </li>
      ))}
      {use.devices.map((device) => (
        <li key={device.id} className={line}>
          <MonitorPlay aria-hidden />
          <Link to="/screens/$deviceId" params={{ deviceId: device.id }} className={link}>
            {device.name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Whether anything at all uses a thing. */
function isUsed(use: UsedBy): boolean {
  const lists = [use.playlists, use.layouts, use.entries, use.devices];
  return use.isOrganizationDefault || use.isBrandLogo || lists.some((list) => list.length > 0);
}
