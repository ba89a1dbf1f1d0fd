import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { useTranslations } from "use-intl";
import { DeviceMarks } from "./device-marks.tsx";
import { DeviceStatusLine } from "./device-status.tsx";
import { Glass } from "./glass.tsx";
import { LastHeard } from "./last-heard.tsx";
import { usePlaylistName } from "./use-playlist-name.ts";

/** One screen of the grid: its glass, its status and word, and what it plays. */
export function DeviceCard({ device }: { device: DeviceView }) {
  const playlistName = usePlaylistName();
  const why = useTranslations("offlineReason");
  return (
    <article className="relative h-full rounded-lg border bg-raised p-2.5 transition-colors focus-within:border-control hover:border-control">
      <Glass device={device} />
      <div className="absolute inset-x-5 top-5 flex flex-wrap gap-1">
        <DeviceMarks device={device} />
      </div>
      <div className="grid gap-0.5 px-1 pt-1.5">
        <div className="flex min-w-0 items-center gap-2">
          <p className="min-w-0 grow truncate font-medium">
            <Link
              to="/screens/$deviceId"
              params={{ deviceId: device.id }}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent-text"
            >
              {device.name}
            </Link>
          </p>
          <DeviceStatusLine status={device.status} className="shrink-0" />
        </div>
        <p className="truncate text-muted text-sm">{playlistName(device)}</p>
        <p className="truncate text-muted text-sm">
          {device.status === "offline" && device.offlineReason ? `${why(device.offlineReason)} · ` : null}
          <LastHeard device={device} />
        </p>
      </div>
    </article>
  );
}
