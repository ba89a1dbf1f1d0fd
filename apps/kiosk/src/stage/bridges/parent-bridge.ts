import type { Bridge } from "./bridge.ts";

/**
 * The bridge to the page around this one, which must be of our own origin: anything else is neither heard
 * nor told. Messages travel as plain objects by `postMessage`.
 */
export function openParentBridge(page: Window): Bridge {
  return {
    send: (message) => page.parent.postMessage(message, page.location.origin),
    listen(onMessage) {
      page.addEventListener("message", (event) => {
        if (event.source !== page.parent || event.origin !== page.location.origin) return;
        onMessage(event.data);
      });
    },
  };
}
