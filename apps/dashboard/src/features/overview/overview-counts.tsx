import { Link } from "@tanstack/react-router";
import type { DeviceStatus } from "@vitrine/core/model/device";
import { Clapperboard, HardDrive, Images, type LucideIcon, MonitorPlay } from "lucide-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Outputs } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useBytes } from "../../lib/use-bytes.ts";
import { STATUS_LOOK } from "../screens/device-status.tsx";
import { DEVICE_STATUS_LIST } from "../screens/status-list.ts";

/** The figures that answer "is all well?", each the way to what it counts. */
export function OverviewCounts({ overview }: { overview: Outputs["overview"]["get"] }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const bytes = useBytes();
  const can = useCan();
  const { counts } = overview;
  const live = DEVICE_STATUS_LIST.filter((status) => status !== "revoked");
  const total = live.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  return (
    <section
      aria-label={t("figures")}
      className="grid grid-cols-3 gap-2 sm:gap-3 lg:grid-cols-[minmax(0,2.2fr)_repeat(3,minmax(0,1fr))] *:first:col-span-full lg:*:first:col-span-1"
    >
      {can("devices.view") ? (
        <Figure icon={MonitorPlay} name={t("screens")} value={format.number(total)} to="/screens">
          <Breakdown counts={counts} />
        </Figure>
      ) : null}
      {can("assets.view") ? (
        <Figure icon={Images} name={t("content")} value={format.number(overview.assetCount)} to="/content" />
      ) : null}
      {can("playlists.view") ? (
        <Figure
          icon={Clapperboard}
          name={t("playlists")}
          value={format.number(overview.playlistCount)}
          to="/playlists"
        />
      ) : null}
      <Figure icon={HardDrive} name={t("storage")} value={bytes(overview.storageBytes)} />
    </section>
  );
}

function Figure({
  icon: Icon,
  name,
  value,
  to,
  children,
}: {
  icon: LucideIcon;
  name: string;
  value: string;
  to?: "/screens" | "/content" | "/playlists";
  children?: ReactNode;
}) {
  const inside = (
    <>
      <p className="flex items-center gap-2 text-muted text-sm">
        <Icon aria-hidden className="size-4" />
        {name}
      </p>
      <p className="tabular truncate font-semibold text-xl tracking-tight sm:text-2xl">{value}</p>
    </>
  );
  return (
    <div className="grid content-start gap-1 rounded-lg border bg-raised px-3 py-2.5 sm:px-4 sm:py-3">
      {to ? (
        <Link to={to} className="grid gap-1 rounded-sm hover:text-accent-text">
          {inside}
        </Link>
      ) : (
        inside
      )}
      {children}
    </div>
  );
}

function Breakdown({ counts }: { counts: Partial<Record<DeviceStatus, number>> }) {
  const words = useTranslations("deviceStatus");
  const shown = DEVICE_STATUS_LIST.filter((status) => (counts[status] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <ul className="tabular flex flex-wrap gap-x-3 text-sm">
      {shown.map((status) => {
        const { icon: Icon, tone } = STATUS_LOOK[status];
        const colour = {
          success: "text-success",
          warning: "text-warning",
          danger: "text-danger",
          accent: "text-accent-text",
          neutral: "text-muted",
        }[tone];
        return (
          <li key={status}>
            <Link
              to="/screens"
              search={{ status }}
              className={`inline-flex min-h-6 items-center gap-1 rounded-sm hover:underline ${colour}`}
            >
              <Icon aria-hidden className="size-3.5" />
              {counts[status]} {words(status)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
