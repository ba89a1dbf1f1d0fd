import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { browserTokenOf } from "../auth/find-principal.ts";
import type { Services } from "../services.ts";
import type { RequestContext } from "../trpc/context.ts";
import { toAppError } from "../trpc/errors.ts";
import { type AppRouter, appRouter } from "../trpc/root.ts";
import { handleErrors, retryHeaders, sendTrpcFailure } from "./errors.ts";
import { expectedOriginOf } from "./origins.ts";
import { requireSameOrigin } from "./same-origin.ts";

export type TrpcOptions = {
  services: Pick<Services, "config" | "hosts" | "mac" | "passwords">;
  makeContext: (request: FastifyRequest, reply: FastifyReply) => RequestContext;
};

/** At most this many calls travel in one HTTP request; limits of rate count each of them. */
const MAX_BATCH = 10;

const SIGNS_IN = /^\/trpc\/[^?]*\baccount\.signIn\b/;

/** Mounts the dashboard's router at `/trpc`. Mutations take JSON only, and only from our own pages. */
export async function trpcPlugin(
  app: FastifyInstance,
  { services, makeContext }: TrpcOptions,
): Promise<void> {
  app.setErrorHandler(handleErrors(sendTrpcFailure));
  // Of a flood of guesses most are refused before anything of them is read.
  app.addHook("onRequest", async (request) => {
    if (SIGNS_IN.test(request.url) && browserTokenOf(services, request) === null)
      services.passwords.requirePlace({ isPreferred: false });
  });
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
