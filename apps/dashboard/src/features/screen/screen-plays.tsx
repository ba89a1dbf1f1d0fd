import { Link } from "@tanstack/react-router";
import type { DeviceView } from "@vitrine/core/model/device";
import { Field } from "@vitrine/ui/field";
import { useTranslations } from "use-intl";
import { useCan } from "../../lib/session.ts";
import { ScreenGroups } from "../groups/screen-groups.tsx";
import { DEFAULT_CHOICE, PlaylistChoice } from "../screens/playlist-choice.tsx";
import { useDeviceUpdate } from "./use-device-update.ts";

/** Which playlist a screen plays when nothing is scheduled, and the groups that it is in. */
export function ScreenPlays({ device }: { device: DeviceView }) {
  const t = useTranslations("screen");
  const shown = useTranslations("shown");
  const can = useCan();
  const update = useDeviceUpdate(device);
  const plays = device.effectivePlaylist;
  return (
    <section aria-label={t("plays")} className="grid gap-4 rounded-lg border bg-raised p-4">
      {can("devices.assign") && device.isActive ? (
        <Field label={t("plays")}>
          {(control) => (
            <PlaylistChoice
              control={control}
              value={device.playlist?.id ?? DEFAULT_CHOICE}
              isDefaultUnseen={device.playlist === null && plays?.name === ""}
              isDisabled={update.isAssigning}
              onChange={(choice) => update.assign(choice === DEFAULT_CHOICE ? null : choice)}
            />
          )}
        </Field>
      ) : (
        <div>
          <p className="text-muted text-sm">{t("plays")}</p>
          <p className="break-words">{plays ? plays.name || shown("unseen") : t("nothingToPlay")}</p>
        </div>
      )}
      {plays?.name && can("playlists.view") ? (
        <Link
          to="/playlists/$playlistId"
          params={{ playlistId: plays.id }}
          className="-mt-2 w-fit max-w-full truncate text-accent-text text-sm underline-offset-4 hover:underline"
        >
          {t("openPlaylist", { name: plays.name })}
        </Link>
      ) : null}
      <ScreenGroups device={device} mayEdit={can("devices.edit") && device.isActive} />
    </section>
  );
}
