import { createContext, useContext } from "react";

/** Things that can be begun from anywhere in the app. */
export type AppActions = {
  /** Opens the dialog that pairs a screen; with assets, it offers to play them there. */
  pair: (options?: { code?: string; assetIds?: readonly string[] }) => void;
  /** Plays assets on screens that are there, or pairs the first one. */
  playOnScreen: (assetIds: readonly string[]) => void;
  /** Opens the file chooser and uploads what is chosen. Needs a press of a person. */
  addContent: () => void;
  addWebPage: (url?: string) => void;
  addStream: () => void;
  createPlaylist: () => void;
  createLayout: () => void;
  /** Opens the dialog that shows something at once, above everything else. */
  showNow: () => void;
  search: () => void;
};

const Context = createContext<AppActions | undefined>(undefined);
export const AppActionsProvider = Context.Provider;

/** What can be begun from here. Throws outside of the app's frame. */
export function useAppActions(): AppActions {
  const actions = useContext(Context);
  if (!actions) throw new Error("useAppActions needs the app's frame around it");
  return actions;
}
