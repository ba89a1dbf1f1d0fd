import { contextBridge, ipcRenderer } from "electron/renderer";
import { FROM_STAGE, TO_STAGE } from "./channels.ts";

// One function an operation; the page gets neither the channel's name nor the event. See stage/bridges/preload-bridge.ts.
contextBridge.exposeInMainWorld("vitrineShell", {
  send: (message: unknown) => ipcRenderer.send(FROM_STAGE, message),
  listen: (onMessage: (message: unknown) => void) => {
    ipcRenderer.on(TO_STAGE, (_event, message: unknown) => onMessage(message));
  },
});
