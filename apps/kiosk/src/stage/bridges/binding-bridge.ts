import type { Bridge } from "./bridge.ts";

/** The function that the Chromium shell binds into this page: takes one message as JSON. */
export const SEND_BINDING = "vitrineSend";
/** The function of this page that the Chromium shell calls with one message. */
export const RECEIVE_FUNCTION = "vitrineReceive";

/** The bridge over a DevTools binding, if this page has one. */
export function findBindingBridge(page: Window): Bridge | undefined {
  const send: unknown = Reflect.get(page, SEND_BINDING);
  if (typeof send !== "function") return undefined;
  return {
    send: (message) => void send(JSON.stringify(message)),
    listen(onMessage) {
      Object.defineProperty(page, RECEIVE_FUNCTION, { value: onMessage, configurable: true });
    },
  };
}
