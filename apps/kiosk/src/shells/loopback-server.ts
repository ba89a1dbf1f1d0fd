import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { StageHost } from "./stage-host.ts";

/** A stage host on the loopback interface. */
export interface LoopbackServer extends AsyncDisposable {
  /** Address of the stage page, with its unguessable prefix; ends with a slash. */
  readonly stageUrl: string;
  /** `host:port` of it. */
  readonly host: string;
}

const LOOPBACK = "127.0.0.1";
/** `none`: opened by the shell itself. */
const OWN_SITES = new Set<unknown>(["same-origin", "none"]);
const READ_BYTES = 256 * 1024;

/**
 * Serves the host on a free port of 127.0.0.1 under a path of 128 random bits, so that neither another
 * process nor a web page on the glass finds it, only for that name (no DNS rebinding), and to nothing that the
 * browser says is of another site.
 */
export async function startLoopbackServer(host: StageHost): Promise<LoopbackServer> {
  const prefix = `/${randomBytes(16).toString("hex")}`;
  const server = createServer((request, response) => {
    answer(host, prefix, request, response).catch(() => response.destroy());
  });
  const port = await listen(server);
  return {
    stageUrl: `http://${LOOPBACK}:${port}${prefix}/`,
    host: `${LOOPBACK}:${port}`,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  host: StageHost,
  prefix: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.parse(request.url ?? "", `http://${LOOPBACK}`);
  const isOurs =
    request.headers.host === `${LOOPBACK}:${request.socket.localPort}` &&
    OWN_SITES.has(request.headers["sec-fetch-site"] ?? "none") &&
    url?.pathname.startsWith(`${prefix}/`);
  if (!isOurs || url === null) {
    response.writeHead(404).end();
    return;
  }
  const { status, headers, body } = await host.handle({
    method: request.method ?? "GET",
    path: url.pathname.slice(prefix.length),
    range: request.headers.range ?? null,
  });
  response.writeHead(status, headers);
  if (body === null) {
    response.end();
    return;
  }
  const { filePath, start, end } = body;
  await pipeline(createReadStream(filePath, { start, end: end - 1, highWaterMark: READ_BYTES }), response);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, LOOPBACK, () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The loopback server has no port");
  return address.port;
}
