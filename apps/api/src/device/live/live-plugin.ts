import { randomUUID } from "node:crypto";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { DEVICE_PATHS, LIVE_LIMIT_BYTES } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance } from "fastify";
import { WebSocketServer } from "ws";
import { failureBody, statusOf } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { toAppError } from "../../trpc/errors.ts";
import { authorizeDevice, type DeviceIdentity } from "../authorize-device.ts";
import { serveLive } from "./serve-live.ts";

const MAX_CONNECTIONS = 18_000;
const FULL_RETRY_SECONDS = 60;

/**
 * One connection a screen, which carries hints down and beats up: a beat costs a fifth of what a request of its own
 * does, and a screen one socket instead of two. Refusals are answered as HTTP with a failure of the catalogue:
 * DEVICE_SESSION_EXPIRED, DEVICE_REVOKED, BUSY, and NOT_FOUND for any other address.
 */
export async function livePlugin(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const { devices, log } = services;
  const upgrades = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LIVE_LIMIT_BYTES,
  });

  const admit = async (request: IncomingMessage): Promise<DeviceIdentity> => {
    if (request.url !== DEVICE_PATHS.live) throw appError("NOT_FOUND");
    const identity = await authorizeDevice(services, request.headers.authorization);
    if (devices.hints.streamCount() >= MAX_CONNECTIONS) {
      throw appError("BUSY", { retryAfterSeconds: FULL_RETRY_SECONDS });
    }
    return identity;
  };

  app.server.on("upgrade", async (request, socket, head) => {
    const requestId = randomUUID();
    const onError = () => socket.destroy();
    socket.on("error", onError);
    try {
      const identity = await admit(request);
      socket.off("error", onError);
      upgrades.handleUpgrade(request, socket, head, (live) => serveLive(services, identity, live, socket));
    } catch (error) {
      const failure = toAppError(getTRPCErrorFromUnknown(error));
      if (failure.code === "INTERNAL") log.error({ requestId, err: error }, "live connection failed");
      refuse(socket, statusOf(failure), failureBody(requestId, failure));
    }
  });
  app.addHook("preClose", async () => devices.hints.goodbye());
}

function refuse(socket: Duplex, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(text)}`,
    "cache-control: no-store",
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`);
}
