import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Signals } from "../events/event-hub.ts";
import type { Log } from "../platform/log.ts";

const CHANNEL = "vitrine_signals";

/**
 * Short words between processes over LISTEN and NOTIFY, on two connections of their own, so that no transaction of
 * the application ever carries a NOTIFY. `url` may be of any role. A lost connection comes back by itself and
 * reports a gap.
 */
export function openSignals({ url, log }: { url: string; log: Log }): Signals & AsyncDisposable {
  const self = randomUUID();
  // `listen` of this driver takes a connection apart from the one that speaks, and subscribes anew when it is lost.
  const client = postgres(url, {
    max: 1,
    fetch_types: false,
    prepare: false,
    connect_timeout: 10,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "vitrine signals" },
  });
  let isOpen = true;

  return {
    send(text) {
      if (!isOpen) return;
      client.notify(CHANNEL, `${self} ${text}`).catch((error: unknown) => {
        if (isOpen) log.warn({ err: error }, "telling the other processes failed; they find it by polling");
      });
    },
    listen({ onText, onGap }) {
      const onNotify = (payload: string) => {
        const [sender, text] = splitOnce(payload);
        if (sender !== self) onText(text);
      };
      client.listen(CHANNEL, onNotify, onGap).catch((error: unknown) => {
        if (isOpen) log.warn({ err: error }, "listening to the other processes failed; polling goes on");
      });
    },
    async [Symbol.asyncDispose]() {
      isOpen = false;
      await client.end({ timeout: 1 });
    },
  };
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(" ");
  return [text.slice(0, at), text.slice(at + 1)];
}
