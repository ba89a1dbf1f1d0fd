import { basename } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server, type ServerOptions, Upload } from "@tus/server";
import { MAX_UPLOAD_BYTES } from "@vitrine/core/model/asset";
import { AppError, appError } from "@vitrine/core/model/errors";
import { finishUpload } from "../features/assets/finish-upload.ts";
import { requireReplaceable } from "../features/assets/replace-asset-file.ts";
import { requireRoomInPlan } from "../features/plan/room.ts";
import { UPLOAD_LIFE_MS } from "../platform/upload-files.ts";
import type { Services } from "../services.ts";
import { failureBody, statusOf } from "./errors.ts";
import { businessOfUpload, readMetadata, type Uploader } from "./uploader.ts";

export const UPLOADS_PATH = "/uploads";

type TusRequest = Parameters<NonNullable<ServerOptions["namingFunction"]>>[0];

/** The protocol itself, by its own library, over `uploads`: an upload is looked for in its caller's organization only. */
export function makeTusServer(services: Services, uploaderOf: (raw: object) => Uploader): Server {
  const { uploads, log, refusals } = services;
  const callerOf = (request: TusRequest): Uploader => {
    const raw = request.runtime?.node?.req;
    if (raw === undefined) throw appError("NOT_SIGNED_IN");
    return uploaderOf(raw);
  };
  return new Server({
    path: UPLOADS_PATH,
    datastore: new FileStore({
      directory: uploads.folder,
      configstore: adaptRecords(services),
      expirationPeriodInMilliseconds: UPLOAD_LIFE_MS,
    }),
    maxSize: MAX_UPLOAD_BYTES,
    relativeLocation: true,
    allowedOrigins: () => false,
    exposedHeaders: ["X-Vitrine-Asset"],
    disableTerminationForFinishedUploads: true,
    namingFunction: (request) => uploads.key(callerOf(request).scope, services.newId()),
    generateUrl: (_request, { path, id }) => `${path}/${basename(id)}`,
    getFileIdFromRequest: (request, uploadId) => findKey(services, callerOf(request), uploadId),
    async onUploadCreate(request, upload) {
      const caller = callerOf(request);
      const metadata = readMetadata(caller, upload.metadata);
      const businessId = await services.database.inOrganization(caller.scope, (tx) =>
        businessOfUpload(tx, metadata),
      );
      const sizeBytes = upload.size ?? 0;
      if (metadata.replaces === undefined)
        await requireRoomForFile(caller, { assets: 1, storage: sizeBytes });
      else {
        const former = await requireReplaceable(caller, metadata.replaces);
        await requireRoomForFile(caller, { assets: 0, storage: Math.max(0, sizeBytes - former) });
      }
      return { metadata: { ...upload.metadata, businessId } };
    },
    async onUploadFinish(request, upload) {
      const caller = callerOf(request);
      const metadata = readMetadata(caller, upload.metadata);
      const assetId = await finishUpload(caller, basename(upload.id), metadata);
      return { headers: { "X-Vitrine-Asset": assetId } };
    },
    onResponseError(request, error) {
      const failure = toFailure(request, error);
      if (failure === undefined) return undefined;
      const { requestId, remoteAddress, actor, scope } = callerOf(request);
      const path = `${request.method} ${UPLOADS_PATH}`;
      const caller = { actor, organization: { id: scope.organizationId } };
      refusals.note({ failure, path, requestId, remoteAddress, caller });
      if (failure.code === "INTERNAL") log.error({ err: error, requestId }, "an upload failed");
      return { status_code: statusOf(failure), body: JSON.stringify(failureBody(requestId, failure)) };
    },
  });
}

/** Refuses before the first byte what the plan has no room for; finishing looks again. Errors: PLAN_LIMIT. */
async function requireRoomForFile(
  { services, scope }: Uploader,
  more: Record<"assets" | "storage", number>,
): Promise<void> {
  await services.database.inOrganization(scope, async (tx) => {
    await requireRoomInPlan(tx, "assets", more.assets);
    await requireRoomInPlan(tx, "storage", more.storage);
  });
}

/** Our records in the form that the library wants them. */
function adaptRecords({ uploads: { records }, clock }: Services) {
  return {
    async get(key: string): Promise<Upload | undefined> {
      const record = await records.get(key);
      if (record === undefined) return undefined;
      const { size, metadata, ...rest } = record;
      return new Upload({ ...rest, ...(size !== undefined && { size }), ...(metadata && { metadata }) });
    },
    set: async (key: string, { id, size, offset, metadata, creation_date }: Upload) =>
      records.set(key, {
        id,
        size,
        offset,
        metadata,
        creation_date: creation_date ?? clock.now().toISOString(),
      }),
    delete: records.delete,
  };
}

function findKey(services: Services, { scope }: Uploader, uploadId: string | undefined): string | undefined {
  try {
    return uploadId === undefined ? undefined : services.uploads.key(scope, uploadId);
  } catch {
    return undefined;
  }
}

/** What a client is told in our own words; undefined leaves the protocol's, such as a wrong offset. */
function toFailure(request: TusRequest, error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const status =
    typeof error === "object" && error !== null && "status_code" in error ? error.status_code : 500;
  if (status === 413) {
    const use = Number(request.headers.get("upload-length") ?? 0) || MAX_UPLOAD_BYTES + 1;
    return appError("FILE_TOO_LARGE", { limit: MAX_UPLOAD_BYTES, use });
  }
  return status === 500 ? appError("INTERNAL") : undefined;
}
