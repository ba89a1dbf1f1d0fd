import type { DeviceStatus } from "@vitrine/core/model/device";
import type { ReceiptState, receiptsInput } from "@vitrine/core/model/entry";
import { appError } from "@vitrine/core/model/errors";
import type { Page } from "@vitrine/core/model/paging";
import { deviceStatus, devices, scheduleEntries } from "@vitrine/db/schema";
import { and, asc, count, eq } from "drizzle-orm";
import type * as z from "zod";
import { isForEntry } from "../../manifest/targeting.ts";
import type { Clock } from "../../platform/clock.ts";
import { statusOfDevice } from "../devices/device-view.ts";
import { statusSql } from "../devices/status-sql.ts";
import { behindName, toNamePage } from "../name-page.ts";
import { receiptStateSql } from "./overrides.ts";
import type { EntryReader } from "./queries.ts";

type Receipt = { deviceId: string; name: string; status: DeviceStatus; state: ReceiptState };

/** The screens that an entry is for, by name, and where each is with it. NOT_FOUND. */
export async function listReceipts(
  { database, scope, clock }: EntryReader & { clock: Clock },
  { id, cursor, limit }: z.infer<typeof receiptsInput>,
): Promise<Page<Receipt>> {
  const { organizationId } = scope;
  const now = clock.now();
  const [found] = await database.batch(scope, (q) => [
    q
      .select({ id: scheduleEntries.id, updatedAt: scheduleEntries.updatedAt })
      .from(scheduleEntries)
      .where(and(eq(scheduleEntries.organizationId, organizationId), eq(scheduleEntries.id, id))),
  ]);
  const [entry] = found;
  if (!entry) throw appError("NOT_FOUND");
  const state = receiptStateSql({ id, updatedAt: entry.updatedAt.toISOString() }, now);
  const isTarget = isForEntry(organizationId, id);
  const [rows, counted] = await database.batch(scope, (q) => [
    q
      .select({ id: devices.id, name: devices.name, status: statusSql(now), state })
      .from(devices)
      .leftJoin(deviceStatus, statusOfDevice(organizationId))
      .where(and(isTarget, behindName(devices, cursor)))
      .orderBy(asc(devices.isActive), asc(devices.name), asc(devices.id))
      .limit(limit + 1),
    q.select({ total: count() }).from(devices).where(isTarget),
  ]);
  return toNamePage(rows, { limit, total: counted[0]?.total ?? 0 }, ({ id: deviceId, ...row }) => ({
    deviceId,
    ...row,
  }));
}
