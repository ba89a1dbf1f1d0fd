import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance } from "fastify";
import type { BlobStore } from "../platform/blob-store.ts";
import type { ContentUrls } from "../platform/content-urls.ts";
import { findExtension } from "../platform/media-types.ts";
import { contentDisposition } from "./content-disposition.ts";
import { sendFailure } from "./errors.ts";
import { sendFile } from "./send-file.ts";

/** What an uploaded file may do when it is opened by itself: be seen, and nothing else. */
const POLICY = [
  "sandbox",
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "style-src 'unsafe-inline'",
].join("; ");

/** The longest that an address lives: a browser that keeps a file this long never asks again. */
const CACHE_CONTROL = "private, max-age=43200, immutable";

/**
 * The content origin: `GET /c/<organization>/<sha256>`, the files that organizations upload, for whoever has an
 * address made by `contentUrls`. No cookie is read or set. `download=<name>` makes it an attachment. There is no
 * `Access-Control-Allow-Origin`: pages show these files, none needs to read their bytes.
 */
export async function contentPlugin(
  app: FastifyInstance,
  { blobs, contentUrls }: { blobs: BlobStore; contentUrls: ContentUrls },
): Promise<void> {
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers({ "content-security-policy": POLICY, "cross-origin-resource-policy": "cross-origin" });
  });
  app.setNotFoundHandler((request, reply) => sendFailure(request, reply, appError("NOT_FOUND")));

  app.get<{ Params: Words; Querystring: Words }>("/c/:organization/:sha256", async (request, reply) => {
    const checked = contentUrls.check({ ...request.query, ...request.params });
    if (checked.kind === "expired") {
      return reply.code(410).header("cache-control", "no-store").send("This address has expired.\n");
    }
    if (checked.kind === "unknown") throw appError("NOT_FOUND");
    const { scope, sha256, mediaType } = checked.grant;
    const blob = await blobs.find(scope, sha256);
    if (blob === undefined) throw appError("NOT_FOUND");
    const { download } = request.query;
    const isDownload = typeof download === "string";
    return sendFile(request, reply, {
      blob,
      sha256,
      mediaType,
      cacheControl: CACHE_CONTROL,
      contentDisposition: contentDisposition(
        isDownload ? "attachment" : "inline",
        isDownload ? download : sha256.slice(0, 12),
        findExtension(mediaType) ?? "bin",
      ),
    });
  });
}

type Words = Record<string, unknown>;
