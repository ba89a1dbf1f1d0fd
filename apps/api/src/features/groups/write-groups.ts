import { appError } from "@vitrine/core/model/errors";
import type { changeGroupInput, createGroupInput, renameGroupInput } from "@vitrine/core/model/group";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { deviceGroups, devices, groupDevices } from "@vitrine/db/schema";
import { arrayOf, isAnyOf } from "@vitrine/db/values";
import { and, asc, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOf, businessOfNew, tellMove } from "../businesses/belonging.ts";
import { editedBy, madeBy } from "../edited-by.ts";
import { claimName, findFreeName } from "../names.ts";
import { requireRoomFor } from "../plan/room.ts";

/** Makes a group of these screens and gives its id. Errors: NAME_TAKEN, TOO_MANY, NOT_FOUND for an unknown screen. */
export async function createGroup(
  ctx: CommandContext,
  { name, deviceIds, businessId: asked }: z.infer<typeof createGroupInput>,
): Promise<string> {
  const id = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    const businessId = await businessOfNew(tx, asked);
    await insertGroup(tx, ctx, { id, name, businessId });
    await addDevices(tx, id, deviceIds);
    await requireRoomFor(tx, "groups", 1);
    record.audit({
      action: "groups.create",
      subject: "group",
      subjectId: id,
      after: { name, businessId, deviceIds },
    });
    record.changed("group", [id], "created");
    record.changed("device", deviceIds, "grouped");
  });
  return id;
}

/** Gives a group another name or business; what is not given stays. Errors: NOT_FOUND, NAME_TAKEN. */
export async function renameGroup(
  ctx: CommandContext,
  { id, ...given }: z.infer<typeof renameGroupInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    const before = await lockGroup(tx, id);
    const after = { name: given.name ?? before.name, businessId: await businessOf(tx, before, given) };
    if (after.name === before.name && after.businessId === before.businessId) return;
    await claimName(deviceGroups, after.name, () =>
      tx
        .update(deviceGroups)
        .set({ ...after, ...editedBy(ctx) })
        .where(ofGroup(tx, id)),
    );
    record.audit({ action: "groups.rename", subject: "group", subjectId: id, before, after });
    record.changed("group", [id], "renamed");
    tellMove(record, "group", id, before, after);
  });
}

/**
 * Puts screens in and takes screens out; they play what is scheduled for the group from then on, or no longer.
 * NOT_FOUND for an unknown group, or a screen to put in that is not present.
 */
export async function changeGroup(
  ctx: CommandContext,
  { id, add, remove }: z.infer<typeof changeGroupInput>,
): Promise<void> {
  await runCommand(ctx, async (tx, record) => {
    await lockGroup(tx, id);
    const removed = await tx
      .delete(groupDevices)
      .where(and(ofMembers(tx, id), isAnyOf(groupDevices.deviceId, "uuid", [...new Set(remove)])))
      .returning({ deviceId: groupDevices.deviceId });
    const added = await addDevices(tx, id, add);
    const changed = [...new Set([...added, ...removed.map(({ deviceId }) => deviceId)])];
    if (changed.length === 0) return;
    await tx.update(deviceGroups).set(editedBy(ctx)).where(ofGroup(tx, id));
    record.audit({
      action: "groups.change",
      subject: "group",
      subjectId: id,
      after: { added, removed: removed.map(({ deviceId }) => deviceId) },
    });
    record.changed("group", [id], "changed");
    record.changed("device", changed, "grouped");
  });
}

/** Copies a group with its screens under a free name and gives the copy's id. Errors: NOT_FOUND, TOO_MANY. */
export async function duplicateGroup(ctx: CommandContext, id: string): Promise<string> {
  const copyId = ctx.services.newId();
  await runCommand(ctx, async (tx, record) => {
    const original = await lockGroup(tx, id);
    const name = await findFreeName(tx, deviceGroups, original.name, original.businessId);
    await insertGroup(tx, ctx, { id: copyId, name, businessId: original.businessId });
    await tx.execute(sql`
      insert into ${groupDevices} (organization_id, group_id, device_id)
      select ${groupDevices.organizationId}, ${copyId}::uuid, ${groupDevices.deviceId}
      from ${groupDevices} where ${ofMembers(tx, id)}`);
    await requireRoomFor(tx, "groups", 1);
    record.audit({
      action: "groups.duplicate",
      subject: "group",
      subjectId: copyId,
      after: { name, copyOf: id },
    });
    record.changed("group", [copyId], "created");
  });
  return copyId;
}

function insertGroup(
  tx: OrganizationTransaction,
  ctx: CommandContext,
  { id, name, businessId }: { id: string; name: string; businessId: string | null },
) {
  const { organizationId } = tx.scope;
  return claimName(deviceGroups, name, () =>
    tx.insert(deviceGroups).values({ organizationId, id, name, businessId, ...madeBy(ctx) }),
  );
}

/** Gives those that were not in it. NOT_FOUND unless every id is a present screen. */
async function addDevices(
  tx: OrganizationTransaction,
  groupId: string,
  ids: readonly string[],
): Promise<string[]> {
  const distinct = [...new Set(ids)].sort();
  if (distinct.length === 0) return [];
  const { organizationId } = tx.scope;
  const found = await tx
    .select({ id: devices.id })
    .from(devices)
    .where(
      and(
        eq(devices.organizationId, organizationId),
        eq(devices.isActive, true),
        isAnyOf(devices.id, "uuid", distinct),
      ),
    )
    .orderBy(asc(devices.id))
    .for("key share");
  if (found.length !== distinct.length) throw appError("NOT_FOUND");
  const rows = await tx.execute<{ id: string }>(sql`
    insert into ${groupDevices} (organization_id, group_id, device_id)
    select ${organizationId}::uuid, ${groupId}::uuid, one.id from unnest(${arrayOf("uuid", distinct)}) as one (id)
    on conflict do nothing returning device_id as id`);
  return rows.map(({ id }) => id);
}

/** Takes a present group for the rest of the transaction. NOT_FOUND. */
async function lockGroup(tx: OrganizationTransaction, id: string) {
  const rows = await tx
    .select({ name: deviceGroups.name, businessId: deviceGroups.businessId })
    .from(deviceGroups)
    .where(and(ofGroup(tx, id), eq(deviceGroups.isActive, true)))
    .for("no key update");
  const row = rows[0];
  if (!row) throw appError("NOT_FOUND");
  return row;
}

function ofGroup(tx: OrganizationTransaction, id: string) {
  return and(eq(deviceGroups.organizationId, tx.scope.organizationId), eq(deviceGroups.id, id));
}
function ofMembers(tx: OrganizationTransaction, id: string) {
  return and(eq(groupDevices.organizationId, tx.scope.organizationId), eq(groupDevices.groupId, id));
}
