import type { Session, WebContents } from "electron/main";
import { STAGE_URL } from "./stage-protocol.ts";

/** Denies everything that content could ask of the machine: permissions, devices, downloads. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on("will-download", (event) => event.preventDefault());
}

/** Keeps the window on the stage: no other page on top, no second window, no view inside, no dialog that waits. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("will-navigate", (event) => {
    if (!event.url.startsWith(STAGE_URL)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => {
    if (event.isMainFrame) event.preventDefault();
  });
  contents.on("will-prevent-unload", (event) => event.preventDefault());
  // No datagrams that pass by the proxy.
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
  contents.on("select-bluetooth-device", (event) => event.preventDefault());
  contents.on("login", (event) => event.preventDefault());
  contents.on("before-input-event", (event, input) => {
    // Keys that Chromium answers itself: zoom, print, reload, tools, closing.
    if (input.control || input.meta || input.alt || /^F\d+$/.test(input.key)) event.preventDefault();
  });
}
