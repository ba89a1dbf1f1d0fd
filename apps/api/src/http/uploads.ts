import { AppError, appError } from "@vitrine/core/model/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { findPrincipal } from "../auth/find-principal.ts";
import type { Services } from "../services.ts";
import { commonHeaders } from "./common-headers.ts";
import { expectedOriginOf } from "./origins.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { makeTusServer, UPLOADS_PATH } from "./tus-server.ts";
import { findFinished, toUploader, type Uploader } from "./uploader.ts";

/** A client that sends nothing for this long is let go; it resumes. */
const STALLED_MS = 60_000;

/**
 * Uploads by the tus protocol (1.0.0: creation, termination, expiration) at `/uploads`, for whoever may create
 * assets, or edit them with `replaces`. Each belongs to its organization: for any other it does not exist. A
 * finished one answers with `X-Vitrine-Asset`; one whose last answer was lost is finished when it is asked for again.
 */
export async function uploadsPlugin(
  app: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  const uploaders = new WeakMap<object, Uploader>();
  const uploaderOf = (raw: object) => {
    const uploader = uploaders.get(raw);
    if (uploader === undefined) throw appError("NOT_SIGNED_IN");
    return uploader;
  };
  const tus = makeTusServer(services, uploaderOf);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  app.addHook("onRequest", async (request) => {
    requireSameOrigin(request, await expectedOriginOf(services, request));
    uploaders.set(request.raw, toUploader(services, request, await findPrincipal(services, request)));
  });

  app.route({ method: ["POST", "OPTIONS"], url: UPLOADS_PATH, handler: passOn });
  app.route<{ Params: { uploadId: string } }>({
    method: ["HEAD", "PATCH", "DELETE", "OPTIONS"],
    url: `${UPLOADS_PATH}/:uploadId`,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const uploader = uploaderOf(request.raw);
      const finished = await findFinished(uploader, request.params.uploadId);
      return finished ? answerFinished(request, reply, finished) : passOn(request, reply);
    },
  });

  async function passOn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.hijack();
    const headers = { ...commonHeaders(request), "cache-control": "no-store" };
    for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    request.raw.setTimeout(STALLED_MS, () => request.raw.destroy());
    await tus.handle(request.raw, reply.raw);
    return reply;
  }
}

function answerFinished(
  request: FastifyRequest,
  reply: FastifyReply,
  { assetId, sizeBytes }: { assetId: string; sizeBytes: number },
): FastifyReply {
  if (request.method === "DELETE") {
    const message = "The upload is finished: remove the asset that it became";
    throw new AppError("INVALID_INPUT", { issues: [{ path: "", message }] });
  }
  return reply
    .code(request.method === "HEAD" ? 200 : 204)
    .headers({
      "tus-resumable": "1.0.0",
      "cache-control": "no-store",
      "upload-offset": sizeBytes,
      "upload-length": sizeBytes,
      "x-vitrine-asset": assetId,
    })
    .send();
}
