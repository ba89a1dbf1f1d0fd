import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { type Connection, type ConnectOptions, type Network, UpgradeRefused } from "../link/http.ts";

const REFUSAL_LIMIT_BYTES = 64 * 1024;

/** The network of this machine. */
export const systemNetwork: Network = {
  fetch: (url, init) => fetch(url, init),
  connect,
};

async function connect(
  url: string,
  { headers, limitBytes, onText, signal }: ConnectOptions,
): Promise<Connection> {
  signal.throwIfAborted();
  const socket = new WebSocket(url, { headers, maxPayload: limitBytes, perMessageDeflate: false });
  const end = () => socket.terminate();
  signal.addEventListener("abort", end, { once: true });
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      signal.removeEventListener("abort", end);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("message", (data, isBinary) => (isBinary ? end() : onText(String(data))));
    socket.on("error", reject);
    socket.once("open", () => resolve());
    socket.once("unexpected-response", (_request, response) => {
      readRefusal(response).then((refusal) => {
        reject(refusal);
        end();
      }, reject);
    });
  });
  return { send: (text) => socket.send(text, () => {}), close: end, closed };
}

async function readRefusal(response: IncomingMessage): Promise<UpgradeRefused> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of response) {
    parts.push(part);
    sizeBytes += part.length;
    if (sizeBytes > REFUSAL_LIMIT_BYTES) break;
  }
  const { statusCode = 0, headers } = response;
  const retryAfter = headers["retry-after"];
  return new UpgradeRefused({
    status: statusCode,
    headers: new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
    body: Buffer.concat(parts),
  });
}
