import { createReadStream, existsSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { TRPCError } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { AppError, ERRORS } from "@vitrine/core/model/errors";
import type { StreamEvent } from "@vitrine/core/model/event";
import { pictureSvg } from "./pictures.ts";
import { type Answers, fakeRouter } from "./router.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
export const DASHBOARD_DIR = resolve(import.meta.dirname, "../../dist");
const STAGE_DIR = resolve(import.meta.dirname, "../../../kiosk/dist/stage");
const AXE_DIR = dirname(createRequire(import.meta.url).resolve("axe-core/axe.min.js"));
/** Where a tab is between two pages: whoever was there before is forgotten. */
const LEFT = "<!doctype html><title>Left</title><script>localStorage.clear()</script>";

/** The dashboard as built, over a server of which a test decides each answer. */
export type FakeServer = AsyncDisposable & {
  url: string;
  /** Answers by procedure name; change them at any time. */
  answers: Answers;
  /** Tells open pages that something happened. */
  tell: (event: StreamEvent) => void;
  /** Ends the streams of open pages for this reason. */
  cut: (reason: AppError) => void;
};

type Heard = StreamEvent | AppError;

/** Serves the built dashboard on a free port, with axe at `/axe.min.js` and at `/left` a page that knows nobody. */
export async function serveFake(): Promise<FakeServer> {
  const listeners = new Set<(heard: Heard) => void>();
  const fake: { answers: Answers } = { answers: {} };
  let eventCount = 0;
  let requestCount = 0;
  const nextEventId = () => {
    eventCount += 1;
    return String(eventCount);
  };
  const trpc = createHTTPHandler({
    router: fakeRouter,
    basePath: "/trpc/",
    createContext: () => {
      requestCount += 1;
      return {
        answers: fake.answers,
        requestId: `req-${requestCount}`,
        events: (signal) => heard(listeners, signal, nextEventId),
      };
    },
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname.startsWith("/trpc/")) return trpc(request, response);
    const picture = /^\/media\/(\d+)\.svg$/.exec(url.pathname);
    if (picture) return send(response, "image/svg+xml", pictureSvg(Number(picture[1])));
    if (url.pathname.startsWith("/stage/"))
      return sendFile(response, STAGE_DIR, url.pathname.slice(7) || "index.html");
    if (url.pathname === "/left") return send(response, "text/html", LEFT);
    if (url.pathname === "/axe.min.js") return sendFile(response, AXE_DIR, url.pathname);
    const isFile = extname(url.pathname) !== "";
    return sendFile(response, DASHBOARD_DIR, isFile ? url.pathname : "index.html");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get answers() {
      return fake.answers;
    },
    set answers(next) {
      fake.answers = next;
    },
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
    cut: (reason) => {
      for (const listener of listeners) listener(reason);
    },
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function* heard(
  listeners: Set<(heard: Heard) => void>,
  signal: AbortSignal | undefined,
  nextId: () => string,
): AsyncGenerator<[string, StreamEvent]> {
  const queue: Heard[] = [];
  let wake = Promise.withResolvers<void>();
  const listen = (heard: Heard) => {
    queue.push(heard);
    wake.resolve();
  };
  listeners.add(listen);
  signal?.addEventListener("abort", () => wake.resolve());
  try {
    while (!signal?.aborted) {
      const next = queue.shift();
      if (next instanceof AppError) throw new TRPCError({ code: ERRORS[next.code].transport, cause: next });
      if (next) {
        yield [nextId(), next];
        continue;
      }
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  } finally {
    listeners.delete(listen);
  }
}

function sendFile(response: ServerResponse, root: string, path: string): void {
  const folder = resolve(root);
  const full = join(folder, path);
  if (!full.startsWith(folder) || !existsSync(full)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("content-type", TYPES[extname(full)] ?? "application/octet-stream");
  if (extname(full) !== ".html") response.setHeader("cache-control", "max-age=3600, immutable");
  createReadStream(full).pipe(response);
}

function send(response: ServerResponse, type: string, body: string): void {
  response.setHeader("content-type", type);
  response.end(body);
}
