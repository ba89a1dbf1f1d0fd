import type { createEntryInput } from "@vitrine/core/model/entry";
import type { Entry } from "@vitrine/core/model/schedule";
import { entryBounds } from "@vitrine/core/schedule";
import { scheduleEntries } from "@vitrine/db/schema";
import type * as z from "zod";

/** All that people say of an entry. */
export type WrittenEntry = Omit<z.infer<typeof createEntryInput>, "name" | "businessId"> & {
  name: string;
  businessId: string | null;
};

/** The fields of an entry that its own row holds. */
export type EntryFields = Omit<WrittenEntry, "targets" | "daypartIds">;

/** The columns of an entry's own row that people write. */
export const entryColumns = {
  businessId: scheduleEntries.businessId,
  name: scheduleEntries.name,
  kind: scheduleEntries.kind,
  assetId: scheduleEntries.assetId,
  playlistId: scheduleEntries.playlistId,
  layoutId: scheduleEntries.layoutId,
  priority: scheduleEntries.priority,
  timeZone: scheduleEntries.timeZone,
  localStart: scheduleEntries.localStart,
  localEnd: scheduleEntries.localEnd,
  recurrence: scheduleEntries.recurrence,
  exceptDates: scheduleEntries.exceptDates,
  extraDates: scheduleEntries.extraDates,
  validFrom: scheduleEntries.validFrom,
  validUntil: scheduleEntries.validUntil,
  startsExactly: scheduleEntries.startsExactly,
  sharePercent: scheduleEntries.sharePercent,
  zoneName: scheduleEntries.zoneName,
  isEnabled: scheduleEntries.isEnabled,
};
type Row = Pick<typeof scheduleEntries.$inferSelect, keyof typeof entryColumns>;

/** An entry's own fields as its row has them. */
export function toFields(row: Row): EntryFields {
  return {
    name: row.name,
    kind: row.kind,
    content: contentOf(row),
    priority: row.priority,
    timeZone: row.timeZone,
    when: whenOf(row),
    validFrom: row.validFrom?.toISOString() ?? null,
    validUntil: row.validUntil?.toISOString() ?? null,
    startsExactly: row.startsExactly,
    sharePercent: row.sharePercent,
    zoneName: row.zoneName,
    isEnabled: row.isEnabled,
    businessId: row.businessId,
  };
}

/** The row for an entry's own fields, with the instants between which all of it lies. */
export function toColumns({ content, when, validFrom, validUntil, ...rest }: EntryFields) {
  const { startMs, endMs } = entryBounds({ when, validFrom, validUntil });
  const { name, kind, priority, timeZone, startsExactly, sharePercent, zoneName, isEnabled, businessId } =
    rest;
  return {
    businessId,
    name,
    kind,
    priority,
    timeZone,
    startsExactly,
    sharePercent,
    zoneName,
    isEnabled,
    assetId: content.kind === "asset" ? content.assetId : null,
    playlistId: content.kind === "playlist" ? content.playlistId : null,
    layoutId: content.kind === "layout" ? content.layoutId : null,
    localStart: when?.start ?? null,
    localEnd: when?.end ?? null,
    recurrence: when?.recurrence ?? null,
    exceptDates: when?.exceptDates ?? [],
    extraDates: when?.extraDates ?? [],
    validFrom: toDate(validFrom),
    validUntil: toDate(validUntil),
    startsAt: toDate(startMs),
    endsAt: toDate(endMs),
  };
}

function toDate(value: string | number | null): Date | null {
  return value === null ? null : new Date(value);
}

function contentOf({ assetId, playlistId, layoutId }: Row): Entry["content"] {
  if (assetId !== null) return { kind: "asset", assetId };
  if (playlistId !== null) return { kind: "playlist", playlistId };
  if (layoutId !== null) return { kind: "layout", layoutId };
  throw new Error("An entry has no content, which its table does not allow");
}

function whenOf({ localStart, localEnd, recurrence, exceptDates, extraDates }: Row): Entry["when"] {
  if (localStart === null || localEnd === null) return null;
  return { start: localStart, end: localEnd, recurrence, exceptDates, extraDates };
}
