import { appError } from "@vitrine/core/model/errors";
import type { updateOrganizationInput } from "@vitrine/core/model/organization";
import { organizations, playlists } from "@vitrine/db/schema";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { claimSlug } from "./found-organization.ts";

/** Changes the organization's settings. Errors: SLUG_TAKEN, NOT_FOUND for an unknown default playlist. */
export async function updateOrganization(
  ctx: CommandContext,
  input: z.infer<typeof updateOrganizationInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  const { slug, defaultPlaylistId } = input;
  await runCommand(ctx, async (tx, record) => {
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
      },
      after: slug === undefined ? change : { ...change, slug },
    });
    record.changed("organization", [organizationId], "updated");
  });
}
