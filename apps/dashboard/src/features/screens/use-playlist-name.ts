import type { DeviceView } from "@vitrine/core/model/device";
import { useCallback } from "react";
import { useTranslations } from "use-intl";

/** What the playlist of a screen is called, or that there is none, or none that this person sees. */
export function usePlaylistName(): (device: Pick<DeviceView, "effectivePlaylist">) => string {
  const t = useTranslations("screens");
  const shown = useTranslations("shown");
  return useCallback(
    ({ effectivePlaylist }) =>
      effectivePlaylist ? effectivePlaylist.name || shown("unseen") : t("noPlaylist"),
    [t, shown],
  );
}
