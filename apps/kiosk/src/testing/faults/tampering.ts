import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "./listen.ts";

/** What stands before a server and tampers with the manifests that it gives. */
export interface Tamperer extends AsyncDisposable {
  readonly port: number;
  /** `altered`: one byte of the body is another one; `old`: the manifest that `keep` kept, as it was signed. */
  mode: "none" | "altered" | "old";
  /** Manifests that were tampered with so far. */
  count: number;
  /** Keeps the next manifest that passes. */
  keep(): void;
  /** The body of a manifest that the server gave, by its ETag without quotes. */
  findGiven(etag: string): Buffer | undefined;
}

interface Answer {
  headers: IncomingMessage["headers"];
  body: Buffer;
}

const MANIFEST_PATH = "/device/manifest";

/** Starts one before `127.0.0.1:serverPort`. All else passes as it is. */
export async function startTamperer(serverPort: number): Promise<Tamperer> {
  let kept: Answer | undefined;
  let isKeeping = false;
  const given = new Map<string, Buffer>();

  const answer = async (from: IncomingMessage, to: ServerResponse) => {
    const isManifest = from.statusCode === 200 && from.headers["content-type"]?.includes("json");
    if (!isManifest) return pass(from, to);
    let told: Answer = { headers: from.headers, body: await buffer(from) };
    given.set((from.headers.etag ?? "").replace(/^(?:W\/)?"(.*)"$/, "$1"), told.body);
    if (isKeeping) kept = told;
    isKeeping = false;
    if (self.mode !== "none") self.count += 1;
    if (self.mode === "old" && kept) told = kept;
    if (self.mode === "altered") told = { headers: from.headers, body: alter(told.body) };
    to.writeHead(200, told.headers).end(told.body);
  };

  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const isManifest = path === MANIFEST_PATH;
    // An answer that is not packed can be altered without becoming unreadable.
    const told = isManifest ? { ...headers, "accept-encoding": "identity" } : headers;
    if (isManifest && self.mode === "old") delete told["if-none-match"];
    const upstream = request({ host: "127.0.0.1", port: serverPort, method, path, headers: told });
    upstream.on("error", () => outgoing.destroy());
    upstream.on("response", (from) => {
      from.on("error", () => outgoing.destroy());
      if (isManifest) answer(from, outgoing).catch(() => outgoing.destroy());
      else pass(from, outgoing);
    });
    outgoing.on("close", () => upstream.destroy());
    incoming.pipe(upstream);
  });
  const self: Tamperer = {
    port: await listen(server, "127.0.0.1"),
    mode: "none",
    count: 0,
    keep() {
      isKeeping = true;
    },
    findGiven: (etag) => given.get(etag),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return self;
}

function pass(from: IncomingMessage, to: ServerResponse): void {
  to.writeHead(from.statusCode ?? 502, from.headers);
  to.flushHeaders();
  from.pipe(to);
}

/** The same JSON with one digit of its revision changed: still well-formed, no longer what was signed. */
function alter(body: Buffer): Buffer {
  const altered = Buffer.from(body);
  const at = altered.indexOf('"revision":') + '"revision":'.length;
  altered[at] = altered[at] === 0x39 ? 0x38 : 0x39;
  return altered;
}
