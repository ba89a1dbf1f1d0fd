import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { StartupError } from "../platform/startup-error.ts";
import type { Services } from "../services.ts";
import { sendFailure } from "./errors.ts";
import { contentOriginOf } from "./origins.ts";

/** Paths that belong to programs: an unknown one is a JSON 404, never the dashboard's page. */
const PROGRAM_PATHS = /^\/(trpc|audit|device|uploads|stage|assets|healthz|readyz|metrics)(\/|$)/;

/**
 * Serves the built dashboard and, under `/stage/`, the stage for live previews. Pages that people open answer
 * with the dashboard's index; everything else that is unknown is a JSON 404.
 */
export async function dashboardPlugin(
  app: FastifyInstance,
  { services, contentPort }: DashboardOptions,
): Promise<void> {
  const { config } = services;
  const indexPath = join(config.dashboardDir, "index.html");
  if (!existsSync(indexPath)) {
    throw new StartupError(
      `The dashboard is not built: ${indexPath} is missing. Run npm start, which builds it first.`,
    );
  }
  const index = readFileSync(indexPath);

  app.addHook("onSend", async (request, reply) => {
    const isStage = request.url.startsWith("/stage/");
    const content = contentOriginOf(config, request, contentPort());
    reply.headers({
      "content-security-policy": isStage ? stagePolicy(content) : dashboardPolicy(content),
      "x-frame-options": isStage ? "SAMEORIGIN" : "DENY",
    });
  });

  await app.register(fastifyStatic, {
    root: config.dashboardDir,
    index: false,
    wildcard: false,
    preCompressed: true,
    setHeaders(reply, path) {
      reply.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  if (existsSync(config.stageDir)) {
    await app.register(fastifyStatic, {
      root: config.stageDir,
      prefix: "/stage/",
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply) => void reply.header("cache-control", "no-cache"),
    });
  }

  app.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) return sendFailure(request, reply, appError("NOT_FOUND"));
    return reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(index);
  });
}

export type DashboardOptions = { services: Services; contentPort: () => number };

function isPage(request: FastifyRequest): boolean {
  const path = request.url.split("?")[0] ?? "/";
  const wantsPage = path === "/" || (request.headers.accept ?? "").includes("text/html");
  const isRead = request.method === "GET" || request.method === "HEAD";
  return isRead && wantsPage && !PROGRAM_PATHS.test(path) && !/\.[a-z0-9]+$/i.test(path);
}

function dashboardPolicy(content: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    `img-src 'self' data: blob: ${content}`,
    `media-src 'self' blob: ${content}`,
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

function stagePolicy(content: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    `img-src 'self' data: blob: ${content}`,
    `media-src 'self' blob: ${content}`,
    // Streams are read by the page and fed to a video.
    "connect-src http: https:",
    "worker-src 'self'",
    "frame-src http: https:",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
