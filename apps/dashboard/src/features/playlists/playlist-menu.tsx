import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { PlaylistSummary } from "@vitrine/core/model/playlist";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@vitrine/ui/menu";
import { notify } from "@vitrine/ui/notices";
import { Copy, Ellipsis, MonitorPlay, RotateCcw, Star, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useAct } from "../../lib/use-act.ts";
import { useRemoval } from "../../lib/use-removal.tsx";

const AssignDialog = lazy(async () => ({
  default: (await import("../screens/assign-dialog.tsx")).AssignDialog,
}));

/** What can be done to one playlist. Nothing where nothing may be done. */
export function PlaylistMenu({ playlist, onRemoved }: { playlist: PlaylistSummary; onRemoved?: () => void }) {
  const t = useTranslations("playlists");
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isAssigning, setAssigning] = useState(false);
  const refresh = () => {
    for (const head of ["playlist", "organization", "device", "overview"]) {
      void queryClient.invalidateQueries({ queryKey: [head] });
    }
  };
  const duplicate = useAct(() => api.playlists.duplicate.mutate({ id: playlist.id }), {
    done: (copy) => {
      notify({ title: t("duplicated", { name: copy.name }) });
      void navigate({ to: "/playlists/$playlistId", params: { playlistId: copy.id } });
    },
    settled: refresh,
  });
  const setDefault = useAct(
    (defaultPlaylistId: string | null) => api.organization.update.mutate({ defaultPlaylistId }),
    {
      done: (_, id) => notify({ title: id ? t("isNowDefault", { name: playlist.name }) : t("noDefaultNow") }),
      settled: refresh,
    },
  );
  const removal = useRemoval({
    remove: (input) => api.playlists.remove.mutate(input),
    restore: (input) => api.playlists.restore.mutate(input),
    heads: ["playlist", "device", "overview", "organization"],
    ...(onRemoved ? { onDone: onRemoved } : {}),
  });
  if (
    !can("playlists.create") &&
    !can("playlists.delete") &&
    !can("organization.edit") &&
    !can("devices.assign")
  ) {
    return null;
  }
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: playlist.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {playlist.isActive ? (
          <>
            {can("devices.assign") ? (
              <MenuItem icon={<MonitorPlay aria-hidden />} onSelect={() => setAssigning(true)}>
                {t("playOnScreens")}
              </MenuItem>
            ) : null}
            {can("organization.edit") ? (
              <MenuItem
                icon={<Star aria-hidden />}
                onSelect={() => setDefault.mutate(playlist.isDefault ? null : playlist.id)}
              >
                {playlist.isDefault ? t("endDefault") : t("makeDefault")}
              </MenuItem>
            ) : null}
            {can("playlists.create") ? (
              <MenuItem icon={<Copy aria-hidden />} onSelect={() => duplicate.mutate(undefined)}>
                {t("duplicate")}
              </MenuItem>
            ) : null}
            {can("playlists.delete") ? (
              <>
                <MenuSeparator />
                <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => removal.ask([playlist])}>
                  {t("remove")}
                </MenuItem>
              </>
            ) : null}
          </>
        ) : can("playlists.delete") ? (
          <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => removal.restore([playlist])}>
            {t("restore")}
          </MenuItem>
        ) : null}
      </Menu>
      {removal.dialog}
      {isAssigning ? (
        <Suspense>
          <AssignDialog playlist={playlist} onClose={() => setAssigning(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
