import { createHash } from "node:crypto";
import { negotiate } from "@fastify/accept-negotiator";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { appError } from "@vitrine/core/model/errors";
import { id, sha256 } from "@vitrine/core/model/ids";
import type { FastifyInstance } from "fastify";
import { sendFile } from "../http/send-file.ts";
import type { Services } from "../services.ts";
import { authorizeDevice, screenOf } from "./authorize-device.ts";
import { deviceCallPlugin } from "./call-plugin.ts";
import { findPlayableFile } from "./files/find-playable-file.ts";
import { MAX_LOG_BYTES } from "./files/inflate-log.ts";
import { storeLog } from "./files/store-log.ts";
import { MAX_SCREENSHOT_BYTES, storeScreenshot } from "./files/store-screenshot.ts";
import { livePlugin } from "./live/live-plugin.ts";

/** A device keeps what it has by hash; nobody between may keep it. */
const FILE_CACHE = "private, no-store";

/**
 * Everything that screens talk to: the device router, their manifest, their files, their live connection, their
 * screenshots and logs. All but pairing and `session.open` want `Authorization: Bearer <token>`; no cookie is looked at.
 */
export async function devicePlugin(
  app: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const { devices, manifests, clock, blobs } = services;
  await app.register(deviceCallPlugin, { services });
  await app.register(livePlugin, { services });

  app.get(DEVICE_PATHS.manifest, async (request, reply) => {
    const { binding, scope } = await authorizeDevice(services, request.headers.authorization);
    const built = await manifests.build(scope, binding.deviceId);
    if (!built) throw appError("DEVICE_SESSION_EXPIRED");
    devices.hints.onBuilt(screenOf(services, binding), built);
    const etag = `"${built.etag}"`;
    reply.headers({
      // Weak: bodies of one name may differ in revision and compression.
      etag: `W/${etag}`,
      vary: "accept-encoding",
      "cache-control": "private, no-cache",
      "x-vitrine-server-time": clock.now().toISOString(),
      "x-vitrine-revision": built.revision,
    });
    if (names(request.headers["if-none-match"], etag)) return reply.code(304).send();
    const { body, signature, gzip } = built.write();
    reply.header("x-vitrine-signature", signature).type("application/json; charset=utf-8");
    const coding = negotiate((request.headers["accept-encoding"] ?? "").toLowerCase(), ["gzip"]);
    if (coding === null) return reply.send(body);
    return reply.header("content-encoding", coding).send(await gzip());
  });

  app.get<{ Params: { sha256: string } }>(`${DEVICE_PATHS.files}/:sha256`, async (request, reply) => {
    const { binding, scope } = await authorizeDevice(services, request.headers.authorization);
    devices.transfers.begin(binding.deviceId, reply.raw);
    const file = await findPlayableFile(services, scope, hashOf(request.params.sha256));
    const blob = await blobs.find(scope, file.sha256);
    if (!blob) throw appError("NOT_FOUND");
    return sendFile(request, reply, { blob, ...file, cacheControl: FILE_CACHE });
  });

  app.get<{ Params: { sha256: string } }>(`${DEVICE_PATHS.files}/:sha256/chunks`, async (request, reply) => {
    const { scope } = await authorizeDevice(services, request.headers.authorization);
    const file = await findPlayableFile(services, scope, hashOf(request.params.sha256));
    const list = await blobs.findChunkList(scope, file.sha256);
    if (!list) throw appError("NOT_FOUND");
    const etag = `"${createHash("sha256").update(list).digest("hex")}"`;
    reply.headers({ etag, "cache-control": FILE_CACHE });
    if (names(request.headers["if-none-match"], etag)) return reply.code(304).send();
    return reply.type("application/octet-stream").send(list);
  });

  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploads.put<{ Params: { commandId: string } }>(
      `${DEVICE_PATHS.screenshots}/:commandId`,
      { bodyLimit: MAX_SCREENSHOT_BYTES },
      async (request, reply) => {
        const identity = await authorizeDevice(services, request.headers.authorization);
        const commandId = id.safeParse(request.params.commandId);
        if (!commandId.success) throw appError("NOT_FOUND");
        await storeScreenshot({ services, ...identity }, commandId.data, request.raw);
        return reply.code(204).send();
      },
    );
    uploads.put<{ Params: { commandId: string } }>(
      `${DEVICE_PATHS.logs}/:commandId`,
      { bodyLimit: MAX_LOG_BYTES },
      async (request, reply) => {
        const identity = await authorizeDevice(services, request.headers.authorization);
        const commandId = id.safeParse(request.params.commandId);
        if (!commandId.success) throw appError("NOT_FOUND");
        await storeLog({ services, ...identity }, commandId.data, request.raw);
        return reply.code(204).send();
      },
    );
  });
}

function hashOf(word: string): string {
  const parsed = sha256.safeParse(word);
  if (!parsed.success) throw appError("NOT_FOUND");
  return parsed.data;
}

function names(condition: string | undefined, etag: string): boolean {
  return (condition ?? "").split(",").some((one) => ["*", etag, `W/${etag}`].includes(one.trim()));
}
