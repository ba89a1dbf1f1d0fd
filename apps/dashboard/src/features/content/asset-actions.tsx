import type { AssetView } from "@vitrine/core/model/asset";
import { IconButton } from "@vitrine/ui/icon-button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@vitrine/ui/menu";
import { Download, Ellipsis, MonitorPlay, RefreshCw, RotateCcw, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "../../lib/api-client.ts";
import { useCan } from "../../lib/session.ts";
import { useRemoval } from "../../lib/use-removal.tsx";
import { useAppActions } from "../shell/app-actions.tsx";
import { useUploadManager } from "../uploads/uploads-context.tsx";
import { useFileChooser } from "../uploads/use-file-chooser.tsx";

/** What can be done to one asset. */
export function AssetActions({ asset, onRemoved }: { asset: AssetView; onRemoved: () => void }) {
  const t = useTranslations("content");
  const can = useCan();
  const actions = useAppActions();
  const uploads = useUploadManager();
  const replacement = useFileChooser(
    (files) => uploads.add(files.slice(0, 1).map((file) => ({ file, replaces: asset.id }))),
    { isMultiple: false },
  );
  const removal = useRemoval({
    remove: (input) => api.assets.remove.mutate(input),
    restore: (input) => api.assets.restore.mutate(input),
    heads: ["asset", "playlist", "overview"],
    onDone: onRemoved,
  });
  const isFile = asset.url === null;
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("actions", { name: asset.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {asset.isActive && can("devices.assign") && can("playlists.create") ? (
          <MenuItem icon={<MonitorPlay aria-hidden />} onSelect={() => actions.playOnScreen([asset.id])}>
            {t("play")}
          </MenuItem>
        ) : null}
        {asset.isActive && isFile && can("assets.edit") ? (
          <MenuItem icon={<RefreshCw aria-hidden />} onSelect={replacement.open}>
            {t("replace")}
          </MenuItem>
        ) : null}
        {isFile && asset.fileUrl ? (
          <MenuLink
            icon={<Download aria-hidden />}
            render={<a href={asset.fileUrl} download={asset.name} target="_blank" rel="noreferrer" />}
          >
            {t("download")}
          </MenuLink>
        ) : null}
        {can("assets.delete") ? (
          <>
            <MenuSeparator />
            {asset.isActive ? (
              <MenuItem isDangerous icon={<Trash2 aria-hidden />} onSelect={() => removal.ask([asset])}>
                {t("remove")}
              </MenuItem>
            ) : (
              <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => removal.restore([asset])}>
                {t("restore")}
              </MenuItem>
            )}
          </>
        ) : null}
      </Menu>
      {replacement.input}
      {removal.dialog}
    </>
  );
}
