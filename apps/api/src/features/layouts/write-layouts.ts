import { appError } from "@vitrine/core/model/errors";
import type { createLayoutInput, updateLayoutInput, ZoneInput } from "@vitrine/core/model/layout";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { layouts, layoutZones, playlists } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, not } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOf, businessOfNew, tellMove } from "../businesses/belonging.ts";
import { editedBy, madeBy } from "../edited-by.ts";
import { claimName, findFreeName } from "../names.ts";
import { onlyGiven } from "../only-given.ts";
import { requireFeature, requireRoomFor } from "../plan/room.ts";

type Written = z.infer<typeof createLayoutInput> & { businessId: string | null };

/** Makes a layout and gives its id. Errors: NAME_TAKEN, TOO_MANY, NOT_FOUND for an unknown playlist. */
export async function createLayout(
  ctx: CommandContext,
  input: z.infer<typeof createLayoutInput>,
): Promise<string> {
  const id = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    await requireFeature(tx, "layouts");
    const written = { ...input, businessId: await businessOfNew(tx, input.businessId) };
    await insertLayout(tx, ctx, id, written);
    record.audit({ action: "layouts.create", subject: "layout", subjectId: id, after: written });
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
    const after = { ...before, ...onlyGiven(given), businessId: await businessOf(tx, before, given) };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    const { zones, ...columns } = after;
    await claimName(layouts, after.name, () =>
      tx
        .update(layouts)
        .set({ ...columns, ...editedBy(ctx) })
        .where(ofLayout(tx, id)),
    );
    if (given.zones) await replaceZones(tx, id, before.zones, zones);
    record.audit({ action: "layouts.update", subject: "layout", subjectId: id, before, after });
    record.changed("layout", [id], "updated");
    tellMove(record, "layout", id, before, after);
  });
}

/** Copies a layout under a free name and gives the copy's id; zones whose playlist the caller does not see are empty there. Errors: NOT_FOUND, TOO_MANY. */
export async function duplicateLayout(ctx: CommandContext, id: string): Promise<string> {
  const copyId = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    await requireFeature(tx, "layouts");
    const original = await findLayout(tx, id);
    const hidden = await findHidden(tx, original.zones);
    const after = {
      ...original,
      name: await findFreeName(tx, layouts, original.name, original.businessId),
      zones: original.zones.map((zone) => (hidden.has(zone) ? { ...zone, playlistId: null } : zone)),
    };
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
  { name, aspect, mainZoneId, durationMs, businessId, zones }: Written,
): Promise<void> {
  const { organizationId } = tx.scope;
  await claimName(layouts, name, () =>
    tx
      .insert(layouts)
      .values({ organizationId, id, businessId, name, aspect, mainZoneId, durationMs, ...madeBy(ctx) }),
  );
  await insertZones(tx, id, placed(zones));
  await requireRoomFor(tx, "layouts", 1);
}

type PlacedZone = ZoneInput & { place: number };

function placed(zones: readonly ZoneInput[]): PlacedZone[] {
  return zones.map((zone, place) => ({ ...zone, place }));
}

/** Puts other zones in the place of what was; one whose playlist the caller does not see keeps it wherever it goes. */
async function replaceZones(
  tx: OrganizationTransaction,
  layoutId: string,
  before: readonly ZoneInput[],
  after: readonly ZoneInput[],
): Promise<void> {
  const hidden = [...(await findHidden(tx, before))];
  const isKept = ({ id, playlistId }: ZoneInput) =>
    hidden.some((one) => one.id === id && one.playlistId === playlistId);
  const kept = placed(after).filter(isKept);
  const keptIds = kept.map(({ id }) => id);
  await tx
    .delete(layoutZones)
    .where(and(ofZones(tx, layoutId), not(isAnyOf(layoutZones.id, "uuid", keptIds))));
  for (const { id, playlistId: _, ...zone } of kept)
    await tx
      .update(layoutZones)
      .set(zone)
      .where(and(ofZones(tx, layoutId), eq(layoutZones.id, id)));
  await insertZones(
    tx,
    layoutId,
    placed(after).filter((zone) => !isKept(zone)),
  );
}

/** The zones whose playlist the caller does not see. */
async function findHidden(tx: OrganizationTransaction, zones: readonly ZoneInput[]): Promise<Set<ZoneInput>> {
  if (tx.scope.businessIds === null) return new Set();
  const seen = new Set(await takePlaylists(tx, zones));
  return new Set(zones.filter(({ playlistId }) => playlistId !== null && !seen.has(playlistId)));
}

/** Takes the playlists of zones for the rest of the transaction; gives the ids of those that are there. */
async function takePlaylists(tx: OrganizationTransaction, zones: readonly ZoneInput[]): Promise<string[]> {
  const ids = [...new Set(zones.flatMap(({ playlistId }) => playlistId ?? []))];
  const found = await tx
    .select({ id: playlists.id })
    .from(playlists)
    .where(and(eq(playlists.organizationId, tx.scope.organizationId), isAnyOf(playlists.id, "uuid", ids)))
    .for("key share");
  return found.map(({ id }) => id);
}

async function insertZones(tx: OrganizationTransaction, layoutId: string, zones: readonly PlacedZone[]) {
  const { organizationId } = tx.scope;
  const seen = await takePlaylists(tx, zones);
  if (zones.some(({ playlistId }) => playlistId !== null && !seen.includes(playlistId)))
    throw appError("NOT_FOUND");
  if (zones.length === 0) return;
  await tx.insert(layoutZones).values(zones.map((zone) => ({ organizationId, layoutId, ...zone })));
}

/** Takes a present layout for the rest of the transaction, with its zones in order. NOT_FOUND. */
async function findLayout(tx: OrganizationTransaction, id: string): Promise<Written> {
  const rows = await tx
    .select({
      businessId: layouts.businessId,
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
