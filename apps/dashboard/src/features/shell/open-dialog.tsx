import { lazy } from "react";
import type { AppActions } from "./app-actions.tsx";
import { loadPalette } from "./load-palette.ts";
import type { AppDialog } from "./use-app-dialogs.tsx";

const PairDialog = lazy(async () => ({ default: (await import("../screens/pair-dialog.tsx")).PairDialog }));
const PlayDialog = lazy(async () => ({ default: (await import("../screens/play-dialog.tsx")).PlayDialog }));
const LinkDialog = lazy(async () => ({ default: (await import("../content/link-dialog.tsx")).LinkDialog }));
const CreatePlaylistDialog = lazy(async () => ({
  default: (await import("../playlists/create-playlist-dialog.tsx")).CreatePlaylistDialog,
}));
const CreateLayoutDialog = lazy(async () => ({
  default: (await import("../layouts/create-layout-dialog.tsx")).CreateLayoutDialog,
}));
const OverrideDialog = lazy(async () => ({
  default: (await import("../overrides/override-dialog.tsx")).OverrideDialog,
}));
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));

/** The dialog that is open, its script fetched when it is first wanted. */
export function OpenDialog({
  dialog,
  onClose,
  onPair,
}: {
  dialog: AppDialog | null;
  onClose: () => void;
  onPair: AppActions["pair"];
}) {
  if (!dialog) return null;
  switch (dialog.kind) {
    case "pair":
      return <PairDialog code={dialog.code} assetIds={dialog.assetIds} onClose={onClose} />;
    case "play":
      return <PlayDialog assetIds={dialog.assetIds} onClose={onClose} onPair={onPair} />;
    case "link":
      return <LinkDialog kind={dialog.link} url={dialog.url} onClose={onClose} />;
    case "playlist":
      return <CreatePlaylistDialog onClose={onClose} />;
    case "layout":
      return <CreateLayoutDialog onClose={onClose} />;
    case "override":
      return <OverrideDialog onClose={onClose} />;
    case "search":
      return <Palette onClose={onClose} />;
  }
}
