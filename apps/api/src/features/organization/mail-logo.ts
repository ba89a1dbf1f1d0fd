import { assets, blobs, organizations } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, eq } from "drizzle-orm";
import type { MailPicture } from "../../mail/mailer.ts";
import { isPlayableAsset } from "../../manifest/playable.ts";
import type { Services } from "../../services.ts";

/** Larger ones would weigh on every message. */
const MAX_BYTES = 256 * 1024;

/** The organization's logo as it comes with a message: a PNG or JPEG of at most 256 KiB; undefined where it has none such. */
export async function findMailLogo(
  { database, blobs: store }: Pick<Services, "database" | "blobs">,
  scope: OrganizationScope,
): Promise<MailPicture | undefined> {
  const { organizationId } = scope;
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({ sha256: blobs.sha256, mediaType: blobs.mediaType, sizeBytes: blobs.sizeBytes })
      .from(organizations)
      .innerJoin(
        assets,
        and(
          eq(assets.organizationId, organizationId),
          eq(assets.id, organizations.brandLogoAssetId),
          isPlayableAsset,
        ),
      )
      .innerJoin(blobs, and(eq(blobs.organizationId, organizationId), eq(blobs.sha256, assets.blobSha256)))
      .where(eq(organizations.organizationId, organizationId)),
  ]);
  const [logo] = rows;
  if (!logo || logo.sizeBytes > MAX_BYTES) return undefined;
  const { mediaType } = logo;
  if (mediaType !== "image/png" && mediaType !== "image/jpeg") return undefined;
  await using blob = await store.find(scope, logo.sha256);
  if (!blob) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of blob.read(0, blob.sizeBytes)) pieces.push(Buffer.from(piece));
  return { id: "logo", mediaType, bytes: Buffer.concat(pieces) };
}
