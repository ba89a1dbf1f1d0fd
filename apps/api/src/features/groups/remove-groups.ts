import type { removeGroupsInput } from "@vitrine/core/model/group";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { groupDevices } from "@vitrine/db/schema";
import { isAnyOf } from "@vitrine/db/values";
import { and, eq } from "drizzle-orm";
import type * as z from "zod";
import type { CommandContext, Recorder } from "../../trpc/command.ts";
import { type Removed, removeThings, restoreThings } from "../removal.ts";

/** Removes groups: their screens stop playing what was scheduled for them. Errors as of `removeThings`. */
export async function removeGroups(
  ctx: CommandContext,
  input: z.infer<typeof removeGroupsInput>,
): Promise<void> {
  await removeThings(ctx, "group", input, tellScreens);
}

/** Brings groups back with their screens. Errors as of `restoreThings`. */
export async function restoreGroups(ctx: CommandContext, ids: readonly string[]): Promise<void> {
  await restoreThings(ctx, "group", ids, tellScreens);
}

async function tellScreens(
  tx: OrganizationTransaction,
  record: Recorder,
  found: readonly Removed[],
): Promise<void> {
  const groupIds = found.map(({ id }) => id);
  const members = await tx
    .selectDistinct({ deviceId: groupDevices.deviceId })
    .from(groupDevices)
    .where(
      and(
        eq(groupDevices.organizationId, tx.scope.organizationId),
        isAnyOf(groupDevices.groupId, "uuid", groupIds),
      ),
    );
  record.changed(
    "device",
    members.map(({ deviceId }) => deviceId),
    "grouped",
  );
}
