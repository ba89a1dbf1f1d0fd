import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import Fastify, {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from "fastify";
import { StartupError } from "../platform/startup-error.ts";
import type { Services } from "../services.ts";
import { commonHeaders } from "./common-headers.ts";
import { endTransfersOnClose } from "./end-transfers.ts";
import { handleErrors, sendFailure } from "./errors.ts";
import { requireHostNames } from "./host-name.ts";
import { endSilentConnectionsOnClose } from "./silent-connections.ts";
import { endSlowBodies } from "./slow-bodies.ts";

const JSON_LIMIT_BYTES = 2 * 1024 * 1024;
/** How long a stop waits for what is under way: requests end within, large files are resumed afterwards. */
const GRACE_MS = 3_000;
/** The time that the lines of a request may take; looked at twice in it. */
const HEAD_MS = 20_000;
/** An answer that is meant, and of which a flood gets many. */
const TOLD_TO_WAIT = 503;

/**
 * A Fastify instance with our limits, ids, log lines and error shape; the dashboard's and the content origin's are
 * made by the same hand. Who sends a head or a body too slowly is let go.
 */
export function makeHttpServer(
  { config, log }: Pick<Services, "config" | "log">,
  { slowBodyMs, slowHeadMs = HEAD_MS }: { slowBodyMs?: number; slowHeadMs?: number } = {},
): FastifyInstance {
  const options = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    bodyLimit: JSON_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
    keepAliveTimeout: 65_000,
    http: { headersTimeout: slowHeadMs, connectionsCheckingInterval: Math.ceil(slowHeadMs / 2) },
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: false },
  } satisfies FastifyHttpOptions<Server>;
  const app: FastifyInstance = Fastify(options as FastifyServerOptions);
  endSilentConnectionsOnClose(app);
  endSlowBodies(app, slowBodyMs);
  app.setErrorHandler(handleErrors(sendFailure));
  requireHostNames(app);
  endTransfersOnClose(app, GRACE_MS);
  app.addHook("onSend", async (request, reply) => {
    reply.headers(commonHeaders(request));
  });
  app.addHook("onResponse", async (request, reply) => {
    const level = reply.statusCode >= 500 && reply.statusCode !== TOLD_TO_WAIT ? "error" : "debug";
    request.log[level](
      {
        requestId: request.id,
        method: request.method,
        path: request.url.split("?")[0],
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      "request",
    );
  });
  return app;
}

/** Listens and gives the port; a port in use is a StartupError that names the variable to change. */
export async function listen(
  app: FastifyInstance,
  host: string,
  port: number,
  variable: string,
): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    if (isInUse(cause)) {
      throw new StartupError(
        `Port ${port} is in use. Stop what uses it, or set ${variable} to another port.`,
        cause,
      );
    }
    throw cause;
  }
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function isInUse(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
}
