import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from "@trpc/server";
import { DEVICE_PATHS, heartbeatInput } from "@vitrine/core/model/device-protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { publicOriginOf } from "../http/origins.ts";
import type { Services } from "../services.ts";
import { type DeviceRouter, deviceRouter } from "../trpc/device-root.ts";
import { authorizeDevice } from "./authorize-device.ts";
import type { DeviceContext } from "./device-context.ts";
import { reportHeartbeat } from "./heartbeat/report-heartbeat.ts";
import { cleanBeat } from "./hostile-input.ts";
import { toDeviceFailure } from "./init.ts";

const BEAT = "heartbeat.report";

/**
 * Mounts the device router over tRPC's plain wire format: POST, one call a request, the body is the input. A route
 * of our own in place of tRPC's adapter, which costs a beat three times as much.
 */
export async function deviceCallPlugin(
  app: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const router: DeviceRouter = deviceRouter;
  const config = router._def._config;
  const fail = (reply: FastifyReply, ctx: DeviceContext, path: string, input: unknown, cause: unknown) => {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config, error, type: "mutation", path, input, ctx });
    return reply.code(shape.data.httpStatus).send({ error: shape });
  };

  // Nearly all calls are beats: the same procedure step by step, without the layers that cost as much as it does.
  app.post(`${DEVICE_PATHS.trpc}/${BEAT}`, async (request, reply) => {
    reply.header("cache-control", "no-store");
    try {
      const identity = await authorizeDevice(services, request.headers.authorization);
      const beat = heartbeatInput.safeParse(request.body);
      if (!beat.success) throw new TRPCError({ code: "BAD_REQUEST", cause: beat.error });
      return { result: { data: await reportHeartbeat({ services, ...identity }, cleanBeat(beat.data)) } };
    } catch (cause) {
      const ctx = contextOf(services, request);
      const failure = toDeviceFailure(ctx, BEAT, getTRPCErrorFromUnknown(cause));
      return fail(reply, ctx, BEAT, request.body, failure);
    }
  });

  app.route<{ Params: { "*": string } }>({
    method: ["GET", "POST"],
    url: `${DEVICE_PATHS.trpc}/*`,
    handler: async (request, reply) => {
      const ctx = contextOf(services, request);
      const path = request.params["*"];
      const input: unknown = request.body;
      const abort = new AbortController();
      reply.raw.once("close", () => {
        if (!reply.raw.writableFinished) abort.abort();
      });
      reply.header("cache-control", "no-store");
      try {
        if (request.method !== "POST") throw new TRPCError({ code: "METHOD_NOT_SUPPORTED" });
        const data = await callTRPCProcedure({
          router,
          path,
          ctx,
          getRawInput: async () => input,
          type: "mutation",
          signal: abort.signal,
          batchIndex: 0,
        });
        return { result: { data } };
      } catch (cause) {
        return fail(reply, ctx, path, input, cause);
      }
    },
  });
}

function contextOf(services: Services, request: FastifyRequest): DeviceContext {
  return {
    services,
    requestId: request.id,
    remoteAddress: request.ip,
    publicOrigin: publicOriginOf(services.config, request),
    authorization: request.headers.authorization,
  };
}
