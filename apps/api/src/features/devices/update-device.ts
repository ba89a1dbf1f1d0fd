import type { updateDeviceInput } from "@vitrine/core/model/device";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { devices, deviceTags, entryTags } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, asc, eq } from "drizzle-orm";
import type * as z from "zod";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { businessOf, tellMove } from "../businesses/belonging.ts";
import { editedBy } from "../edited-by.ts";
import { lockDevice, ofDevice } from "./lock-device.ts";

/** Changes name, time zone, rotation, loudness, reachable private hosts, tags or business of a screen; what is not given stays. NOT_FOUND. */
export async function updateDevice(
  ctx: CommandContext,
  { id, tags, ...given }: z.infer<typeof updateDeviceInput>,
): Promise<void> {
  const { organizationId } = ctx.scope;
  await runCommand(ctx, async (tx, record) => {
    const device = await lockDevice(tx, id);
    const before = {
      businessId: device.businessId,
      name: device.name,
      timeZone: device.timeZone,
      rotation: device.rotation,
      volumePercent: device.volumePercent,
      privateHosts: device.privateHosts,
    };
    const businessId = await businessOf(tx, device, given);
    const after = { ...before, ...defined(given), businessId };
    const isChanged = JSON.stringify(before) !== JSON.stringify(after);
    if (isChanged)
      await tx
        .update(devices)
        .set({ ...after, ...editedBy(ctx) })
        .where(ofDevice(tx, id));

    const ofTags = and(eq(deviceTags.organizationId, organizationId), eq(deviceTags.deviceId, id));
    const tagRows = await tx
      .select({ tag: deviceTags.tag })
      .from(deviceTags)
      .where(ofTags)
      .orderBy(asc(deviceTags.tag));
    const tagsBefore = tagRows.map(({ tag }) => tag);
    const tagsAfter = tags === undefined ? tagsBefore : [...new Set(tags)].sort();
    const isRetagged = tagsBefore.toSorted().join() !== tagsAfter.join();
    if (isRetagged) {
      await tx.delete(deviceTags).where(ofTags);
      if (tagsAfter.length > 0) {
        await tx.insert(deviceTags).values(tagsAfter.map((tag) => ({ organizationId, deviceId: id, tag })));
      }
    }
    if (!isChanged && !isRetagged) return;
    record.audit({
      action: "devices.update",
      subject: "device",
      subjectId: id,
      before: { ...before, tags: tagsBefore },
      after: { ...after, tags: tagsAfter },
    });
    const isRescheduled = isRetagged && (await isAnyScheduled(tx, changedOf(tagsBefore, tagsAfter)));
    record.changed("device", [id], isChanged || isRescheduled ? "updated" : "tagged");
    tellMove(record, "device", id, before, after);
  });
}

function changedOf(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((tag) => !after.includes(tag)), ...after.filter((tag) => !before.includes(tag))];
}

/** Whether an entry of the schedule may be for screens with one of these tags: limited members do not see all of them. */
async function isAnyScheduled(tx: OrganizationTransaction, tags: readonly string[]): Promise<boolean> {
  if (tx.scope.businessIds !== null) return true;
  const rows = await tx
    .select({ tag: entryTags.tag })
    .from(entryTags)
    .where(and(eq(entryTags.organizationId, tx.scope.organizationId), isAnyOf(entryTags.tag, "text", tags)))
    .limit(1);
  return rows.length > 0;
}

function defined(given: Omit<z.infer<typeof updateDeviceInput>, "id" | "tags" | "businessId">) {
  const { name, timeZone, rotation, volumePercent, privateHosts } = given;
  return {
    ...(name !== undefined && { name }),
    ...(timeZone !== undefined && { timeZone }),
    ...(rotation !== undefined && { rotation }),
    ...(volumePercent !== undefined && { volumePercent }),
    ...(privateHosts !== undefined && { privateHosts: [...new Set(privateHosts)].sort() }),
  };
}
