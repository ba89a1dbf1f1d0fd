import { app, Menu } from "electron/main";
import { registerStageScheme } from "./stage-protocol.ts";

const SWITCHES = [
  "disable-background-networking",
  "disable-component-update",
  "disable-sync",
  "disable-domain-reliability",
  "disable-background-timer-throttling",
  "disable-backgrounding-occluded-windows",
  "disable-renderer-backgrounding",
  "disable-pinch",
  "disable-quic",
  "no-pings",
];

/** Everything that has to be settled before the app is ready. */
export function prepareApp(): void {
  for (const name of SWITCHES) app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch("autoplay-policy", "no-user-gesture-required");
  app.enableSandbox();
  registerStageScheme();
  Menu.setApplicationMenu(null);
  // Closing and opening the window again is the watchdog's way to recover, not the end.
  app.on("window-all-closed", () => undefined);
}
