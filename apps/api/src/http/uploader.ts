import { stat } from "node:fs/promises";
import { uploadMetadata } from "@vitrine/core/model/asset";
import { appError } from "@vitrine/core/model/errors";
import type { Permission } from "@vitrine/core/model/permissions";
import type { OrganizationTransaction } from "@vitrine/db/database";
import type { FastifyRequest } from "fastify";
import type * as z from "zod";
import { type Principal, requireOrganization, scopeOf } from "../auth/principal.ts";
import { finishUpload } from "../features/assets/finish-upload.ts";
import { requireReplaceable } from "../features/assets/replace-asset-file.ts";
import { businessOfNew } from "../features/businesses/belonging.ts";
import type { Services } from "../services.ts";
import type { CommandContext } from "../trpc/command.ts";

/** Who uploads, and for which organization. */
export type Uploader = CommandContext & { permissions: ReadonlySet<Permission> };
export type UploadMetadata = z.infer<typeof uploadMetadata>;

/** Errors: NOT_SIGNED_IN, those of `requireOrganization`, and PERMISSION_MISSING for somebody who may neither add nor change content. */
export function toUploader(
  services: Services,
  request: FastifyRequest,
  principal: Principal | null,
): Uploader {
  if (principal === null) throw appError("NOT_SIGNED_IN");
  const { actor } = principal;
  const organization = requireOrganization(principal);
  const { permissions } = organization;
  if (!permissions.has("assets.create") && !permissions.has("assets.edit")) {
    throw appError("PERMISSION_MISSING", { permission: "assets.create" });
  }
  return {
    services,
    scope: scopeOf(organization),
    actor,
    permissions,
    requestId: request.id,
    remoteAddress: request.ip,
  };
}

/** What a client says of its file, checked; and that it may upload that. Errors: INVALID_INPUT, PERMISSION_MISSING. */
export function readMetadata(uploader: Uploader, metadata: unknown): UploadMetadata {
  const parsed = uploadMetadata.safeParse(metadata ?? {});
  if (!parsed.success) {
    throw appError("INVALID_INPUT", {
      issues: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    });
  }
  const permission = parsed.data.replaces === undefined ? "assets.create" : "assets.edit";
  if (!uploader.permissions.has(permission)) throw appError("PERMISSION_MISSING", { permission });
  return parsed.data;
}

/**
 * The business that an upload is for, kept with it from its beginning; empty: the organization as a whole. What replaces
 * a file belongs where that does. Errors: as of a new thing.
 */
export async function businessOfUpload(
  tx: OrganizationTransaction,
  { businessId, replaces }: UploadMetadata,
): Promise<string> {
  if (replaces !== undefined) return "";
  return (await businessOfNew(tx, businessId)) ?? "";
}

/** Throws NOT_FOUND for an upload that is for a business which the caller does not see. */
async function requireReached(uploader: Uploader, { businessId, replaces }: UploadMetadata): Promise<void> {
  const { businessIds } = uploader.scope;
  if (businessIds === null) return;
  if (replaces !== undefined) await requireReplaceable(uploader, replaces);
  else if (!businessIds.includes(businessId ?? "")) throw appError("NOT_FOUND");
}

/**
 * The asset that an upload of this organization became, where all its bytes are here; undefined for one that is
 * unknown or under way. Finishes one whose server died between its last byte and its asset.
 */
export async function findFinished(
  uploader: Uploader,
  uploadId: string,
): Promise<{ assetId: string; sizeBytes: number } | undefined> {
  const { uploads } = uploader.services;
  const record = await uploads.findRecord(uploader.scope, uploadId);
  if (record?.size === undefined) return undefined;
  const metadata = readMetadata(uploader, record.metadata);
  await requireReached(uploader, metadata);
  const sizeBytes = record.size;
  if (record.finishedAt !== undefined) return { assetId: metadata.replaces ?? uploadId, sizeBytes };
  const arrived = await stat(uploads.path(uploader.scope, uploadId)).catch(() => undefined);
  if (arrived?.size !== sizeBytes) return undefined;
  return { assetId: await finishUpload(uploader, uploadId, metadata), sizeBytes };
}
