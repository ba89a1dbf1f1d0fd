import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../services.ts";
import type { RequestContext } from "../trpc/context.ts";
import { toAppError } from "../trpc/errors.ts";
import { type AppRouter, appRouter } from "../trpc/root.ts";
import { retryHeaders } from "./errors.ts";
import { expectedOriginOf } from "./origins.ts";
import { requireSameOrigin } from "./same-origin.ts";

export type TrpcOptions = {
  services: Pick<Services, "config" | "hosts">;
  makeContext: (request: FastifyRequest, reply: FastifyReply) => RequestContext;
};

/** At most this many calls travel in one HTTP request; limits of rate count each of them. */
const MAX_BATCH = 10;

/** Mounts the dashboard's router at `/trpc`. Mutations take JSON only, and only from our own pages. */
export async function trpcPlugin(
  app: FastifyInstance,
  { services, makeContext }: TrpcOptions,
): Promise<void> {
  app.addHook("onRequest", async (request) => {
    if (request.method !== "POST") return;
    if (!(request.headers["content-type"] ?? "").startsWith("application/json")) {
      throw appError("INVALID_INPUT", {
        issues: [{ path: "", message: "The content type must be application/json" }],
      });
    }
  });
  app.addHook("onRequest", async (request) => {
    requireSameOrigin(request, await expectedOriginOf(services, request));
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
  await app.register(fastifyTRPCPlugin, {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      responseMeta: ({ errors }) => ({ headers: retryHeaders(errors.map(toAppError)) }),
      createContext: ({ req, res }) => makeContext(req, res),
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
}
