import { appError } from "@vitrine/core/model/errors";
import type { updateOrganizationInput } from "@vitrine/core/model/organization";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { assets, organizations, playlists } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { requireFeature } from "../plan/room.ts";
import { claimSlug } from "./found-organization.ts";

/**
 * Changes the organization's settings. Errors: SLUG_TAKEN, NOT_FOUND for an unknown default playlist or logo; for a
 * logo that is no picture WRONG_KIND, for one that cannot be shown yet ASSET_NOT_READY.
 */
export async function updateOrganization(
  ctx: CommandContext,
  input: z.infer<typeof updateOrganizationInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  const { slug, defaultPlaylistId, brandColor, brandLogoAssetId } = input;
  await runCommand(ctx, async (tx, record) => {
    // The picture before the organization: who removes the picture takes them in this order too.
    if (brandColor || brandLogoAssetId) await requireFeature(tx, "branding");
    if (brandLogoAssetId) await requireLogo(tx, brandLogoAssetId);
    const rows = await tx
      .select()
      .from(organizations)
      .where(eq(organizations.organizationId, organizationId))
      .for("update");
    const before = rows[0];
    if (!before) throw appError("NOT_FOUND");
    if (defaultPlaylistId !== undefined && defaultPlaylistId !== null) {
      const found = await tx
        .select({ id: playlists.id })
        .from(playlists)
        .where(
          and(
            eq(playlists.organizationId, organizationId),
            eq(playlists.id, defaultPlaylistId),
            eq(playlists.isActive, true),
          ),
        );
      if (found.length === 0) throw appError("NOT_FOUND");
    }
    if (slug !== undefined && !(await claimSlug(tx, slug))) throw appError("SLUG_TAKEN");

    const change = {
      name: input.name ?? before.name,
      timeZone: input.timeZone ?? before.timeZone,
      defaultDurationMs: input.defaultDurationMs ?? before.defaultDurationMs,
      defaultPlaylistId: defaultPlaylistId === undefined ? before.defaultPlaylistId : defaultPlaylistId,
      graceMs: input.graceMs ?? before.graceMs,
      brandColor: brandColor === undefined ? before.brandColor : brandColor,
      brandLogoAssetId: brandLogoAssetId === undefined ? before.brandLogoAssetId : brandLogoAssetId,
      isSignInBranded: input.isSignInBranded ?? before.isSignInBranded,
      mutedNotifications: input.mutedNotifications ?? before.mutedNotifications,
    };
    await tx
      .update(organizations)
      .set({
        ...change,
        updatedAt: ctx.services.clock.now(),
        updatedBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
      })
      .where(eq(organizations.organizationId, organizationId));
    record.audit({
      action: "organization.update",
      subject: "organization",
      subjectId: organizationId,
      before: {
        name: before.name,
        timeZone: before.timeZone,
        defaultDurationMs: before.defaultDurationMs,
        defaultPlaylistId: before.defaultPlaylistId,
        graceMs: before.graceMs,
        brandColor: before.brandColor,
        brandLogoAssetId: before.brandLogoAssetId,
        isSignInBranded: before.isSignInBranded,
        mutedNotifications: before.mutedNotifications,
      },
      after: slug === undefined ? change : { ...change, slug },
    });
    record.changed("organization", [organizationId], "updated");
  });
  ctx.services.hosts.forget();
}

/** Takes a share in the picture, so that its removal waits and then finds it in use. */
async function requireLogo(tx: OrganizationTransaction, id: string): Promise<void> {
  const rows = await tx
    .select({ kind: assets.kind, state: assets.state })
    .from(assets)
    .where(
      and(eq(assets.organizationId, tx.scope.organizationId), eq(assets.id, id), eq(assets.isActive, true)),
    )
    .for("share");
  const asset = rows[0];
  if (!asset) throw appError("NOT_FOUND");
  if (asset.kind !== "image") throw appError("WRONG_KIND");
  if (asset.state !== "ready") throw appError("ASSET_NOT_READY");
}
