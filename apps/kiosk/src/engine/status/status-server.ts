import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { describe, type Log } from "../platform/log.ts";
import type { ScreenStatus } from "./screen-status.ts";
import { statusPage } from "./status-page.ts";

export interface StatusServerDeps {
  /** On this machine alone; 0: any free one. */
  port: number;
  log: Log;
  getStatus(): Promise<ScreenStatus>;
}

/** The page for a technician before the screen. */
export interface StatusServer extends AsyncDisposable {
  readonly port: number;
}

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
const OWN_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Serves `/` and `/status.json` on the loopback address: to read, by GET, and only under this machine's own names, so
 * that no page of another name can be made to reach it. Undefined where the port is taken: the screen plays without.
 */
export async function openStatusServer(deps: StatusServerDeps): Promise<StatusServer | undefined> {
  const { log } = deps;
  const server = createServer((request, response) => {
    answer(deps, request, response).catch((error: unknown) => {
      log.error("status_not_told", { reason: describe(error) });
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "The status could not be read; see the log");
    });
  });
  server.maxConnections = 20;
  server.headersTimeout = 5000;
  server.requestTimeout = 5000;
  const port = await listen(server, deps.port).catch((error: unknown) => {
    log.warn("status_page_off", { port: deps.port, reason: describe(error) });
  });
  if (port === undefined) return undefined;
  server.unref();
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  { getStatus }: StatusServerDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isOwn = OWN_NAMES.some((name) => request.headers.host === `${name}:${request.socket.localPort}`);
  if (!isOwn) return refuse(response, 421, "This page is only for this machine");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return refuse(response, 405, "This page is only to be read");
  }
  if (request.url === "/") return send(response, "text/html; charset=utf-8", statusPage(await getStatus()));
  if (request.url === "/status.json")
    return send(response, "application/json", `${JSON.stringify(await getStatus(), null, 2)}\n`);
  refuse(response, 404, "There is / and /status.json");
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { ...HEADERS, "content-type": type }).end(body);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
}
