import { connect } from "node:net";
import { upgradeOf } from "./test-screen.ts";

// A process apart that holds many streams of hints open, so that the server's memory is the server's alone. Says
// `open` when all are, and after each `expect` how many ms pass until every stream has had one event more.
type Order = { port: number; tokens: string[] };

let received = 0;
let awaited = Number.POSITIVE_INFINITY;
let sinceMs = 0;

process.on("message", async (order: Order | "expect") => {
  if (order === "expect") {
    sinceMs = performance.now();
    awaited = received + count;
    process.send?.("ready");
    return;
  }
  count = order.tokens.length;
  for (let from = 0; from < count; from += 50) {
    await Promise.all(order.tokens.slice(from, from + 50).map((token) => open(order, token)));
  }
  process.send?.("open");
});
let count = 0;

function open({ port }: Order, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(upgradeOf(token));
    });
    let isOpen = false;
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      const text = bytes.toString();
      if (!isOpen) {
        if (!text.startsWith("HTTP/1.1 101")) return reject(new Error(text));
        isOpen = true;
        return resolve();
      }
      received += text.split('"kind":').length - 1;
      if (received >= awaited) {
        awaited = Number.POSITIVE_INFINITY;
        process.send?.({ tookMs: performance.now() - sinceMs });
      }
    });
  });
}
