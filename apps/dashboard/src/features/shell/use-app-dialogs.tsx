import type { LinkKind } from "@vitrine/core/model/asset";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useFileChooser } from "../uploads/use-file-chooser.tsx";
import type { AppActions } from "./app-actions.tsx";
import { loadPalette } from "./load-palette.ts";

/** Dialogs that can be opened from anywhere; one at a time. */
export type AppDialog =
  | { kind: "pair"; code: string; assetIds: readonly string[] }
  | { kind: "play"; assetIds: readonly string[] }
  | { kind: "link"; link: LinkKind; url: string }
  | { kind: "playlist" }
  | { kind: "layout" }
  | { kind: "override" }
  | { kind: "search" };

const NO_FILES: readonly File[] = [];

/** The open dialog, the actions that open one, and files picked to be uploaded with the chooser behind "add content". */
export function useAppDialogs(): {
  dialog: AppDialog | null;
  close: () => void;
  actions: AppActions;
  files: readonly File[];
  upload: (files: File[]) => void;
  forgetFiles: () => void;
  input: ReactNode;
} {
  const [dialog, setDialog] = useState<AppDialog | null>(null);
  const [files, setFiles] = useState(NO_FILES);
  const upload = useCallback((more: File[]) => setFiles((now) => [...now, ...more]), []);
  const { input, open } = useFileChooser(upload);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Control" || event.key === "Meta") void loadPalette();
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      setDialog({ kind: "search" });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  // `open` only clicks an element that stays; actions made once keep every reader still.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const actions = useMemo<AppActions>(
    () => ({
      pair: (options) =>
        setDialog({ kind: "pair", code: options?.code ?? "", assetIds: options?.assetIds ?? [] }),
      playOnScreen: (assetIds) => setDialog({ kind: "play", assetIds }),
      addContent: open,
      addWebPage: (url) => setDialog({ kind: "link", link: "web", url: url ?? "" }),
      addStream: () => setDialog({ kind: "link", link: "stream", url: "" }),
      createPlaylist: () => setDialog({ kind: "playlist" }),
      createLayout: () => setDialog({ kind: "layout" }),
      showNow: () => setDialog({ kind: "override" }),
      search: () => setDialog({ kind: "search" }),
    }),
    [],
  );
  return {
    dialog,
    close: useCallback(() => setDialog(null), []),
    actions,
    files,
    upload,
    forgetFiles: useCallback(() => setFiles(NO_FILES), []),
    input,
  };
}
