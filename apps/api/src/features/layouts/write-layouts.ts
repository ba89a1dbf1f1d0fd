import { appError } from "@vitrine/core/model/errors";
import {
  type createLayoutInput,
  MAX_LAYOUTS,
  type updateLayoutInput,
  type ZoneInput,
} from "@vitrine/core/model/layout";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { layouts, layoutZones, playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { editedBy, madeBy } from "../edited-by.ts";
import { claimName, findFreeName } from "../names.ts";
import { onlyGiven } from "../only-given.ts";
import { requireFeature } from "../plan/room.ts";
import { requireRoomFor } from "../removal.ts";

type Written = z.infer<typeof createLayoutInput>;

/** Makes a layout and gives its id. Errors: NAME_TAKEN, TOO_MANY, NOT_FOUND for an unknown playlist. */
export async function createLayout(ctx: CommandContext, input: Written): Promise<string> {
  const id = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    await requireFeature(tx, "layouts");
    await requireRoomFor(tx, "layout", MAX_LAYOUTS);
    await insertLayout(tx, ctx, id, input);
    record.audit({ action: "layouts.create", subject: "layout", subjectId: id, after: input });
    record.changed("layout", [id], "created");
  });
  return id;
}

/** Changes what is given; zones whole. Errors: NOT_FOUND for an unknown layout or playlist, NAME_TAKEN. */
export async function updateLayout(
  ctx: CommandContext,
  { id, ...given }: z.infer<typeof updateLayoutInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await findLayout(tx, id);
    const after = { ...before, ...onlyGiven(given) };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    const { zones, ...columns } = after;
    await claimName(layouts, after.name, () =>
      tx
        .update(layouts)
        .set({ ...columns, ...editedBy(ctx) })
        .where(ofLayout(tx, id)),
    );
    if (given.zones) {
      await tx.delete(layoutZones).where(ofZones(tx, id));
      await insertZones(tx, id, zones);
    }
    record.audit({ action: "layouts.update", subject: "layout", subjectId: id, before, after });
    record.changed("layout", [id], "updated");
  });
}

/** Copies a layout under a free name and gives the copy's id. Errors: NOT_FOUND, TOO_MANY. */
export async function duplicateLayout(ctx: CommandContext, id: string): Promise<string> {
  const copyId = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    await requireFeature(tx, "layouts");
    await requireRoomFor(tx, "layout", MAX_LAYOUTS);
    const original = await findLayout(tx, id);
    const after = { ...original, name: await findFreeName(tx, layouts, original.name) };
    await insertLayout(tx, ctx, copyId, after);
    record.audit({
      action: "layouts.duplicate",
      subject: "layout",
      subjectId: copyId,
      after: { ...after, copyOf: id },
    });
    record.changed("layout", [copyId], "created");
  });
  return copyId;
}

async function insertLayout(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  id: string,
  { name, aspect, mainZoneId, durationMs, zones }: Written,
): Promise<void> {
  const { organizationId } = tx.scope;
  await claimName(layouts, name, () =>
    tx.insert(layouts).values({ organizationId, id, name, aspect, mainZoneId, durationMs, ...madeBy(ctx) }),
  );
  await insertZones(tx, id, zones);
}

async function insertZones(tx: OrganizationTransaction, layoutId: string, zones: readonly ZoneInput[]) {
  const { organizationId } = tx.scope;
  const playlistIds = [...new Set(zones.flatMap(({ playlistId }) => playlistId ?? []))];
  const found = await tx
    .select({ id: playlists.id })
    .from(playlists)
    .where(and(eq(playlists.organizationId, organizationId), isAnyOf(playlists.id, "uuid", playlistIds)))
    .for("key share");
  if (found.length !== playlistIds.length) throw appError("NOT_FOUND");
  await tx
    .insert(layoutZones)
    .values(zones.map((zone, place) => ({ organizationId, layoutId, place, ...zone })));
}

/** Takes a present layout for the rest of the transaction, with its zones in order. NOT_FOUND. */
async function findLayout(tx: OrganizationTransaction, id: string): Promise<Written> {
  const rows = await tx
    .select({
      name: layouts.name,
      aspect: layouts.aspect,
      mainZoneId: layouts.mainZoneId,
      durationMs: layouts.durationMs,
    })
    .from(layouts)
    .where(and(ofLayout(tx, id), eq(layouts.isActive, true)))
    .for("no key update");
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  const zones = await tx
    .select(zoneColumns)
    .from(layoutZones)
    .where(ofZones(tx, id))
    .orderBy(asc(layoutZones.place));
  return { ...row, zones };
}

/** A zone as it is edited. */
export const zoneColumns = {
  id: layoutZones.id,
  name: layoutZones.name,
  left: layoutZones.left,
  top: layoutZones.top,
  width: layoutZones.width,
  height: layoutZones.height,
  z: layoutZones.z,
  playlistId: layoutZones.playlistId,
};

function ofLayout(tx: OrganizationTransaction, id: string) {
  return and(eq(layouts.organizationId, tx.scope.organizationId), eq(layouts.id, id));
}
function ofZones(tx: OrganizationTransaction, id: string) {
  return and(eq(layoutZones.organizationId, tx.scope.organizationId), eq(layoutZones.layoutId, id));
}
