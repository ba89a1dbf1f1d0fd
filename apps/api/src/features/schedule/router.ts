import {
  airtimeInput,
  airtimeView,
  createEntryInput,
  entryIdsInput,
  entryPage,
  entryView,
  explainInput,
  explanationView,
  lintInput,
  lintView,
  listEntriesInput,
  moveOccurrenceInput,
  overrideInput,
  previewInput,
  previewView,
  receiptPage,
  receiptsInput,
  removeOccurrenceInput,
  runningOverride,
  updateEntryInput,
} from "@vitrine/core/model/entry";
import { id } from "@vitrine/core/model/ids";
import type { OrganizationScope } from "@vitrine/db/scope";
import * as z from "zod";
import { readManifest } from "../../manifest/preview-manifest.ts";
import type { RequestContext } from "../../trpc/context.ts";
import { router } from "../../trpc/init.ts";
import { organizationProcedure } from "../../trpc/procedures.ts";
import { moveEntryOccurrence, removeEntryOccurrence } from "./change-occurrence.ts";
import { airtimeOf, explainInstant, lintRange, previewRange } from "./forecast.ts";
import { endOverride, listOverrides, startOverride } from "./overrides.ts";
import { getEntry, listEntries } from "./queries.ts";
import { listReceipts } from "./receipts.ts";
import { removeEntries, restoreEntries } from "./remove-entries.ts";
import { createEntry, duplicateEntry, updateEntry } from "./write-entries.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id });

export const scheduleRouter = router({
  /** Entries, all or those with a stretch in a range of local days, a page at a time. Errors: INVALID_INPUT. */
  list: organizationProcedure("schedule.view")
    .input(listEntriesInput)
    .output(entryPage)
    .query(({ ctx, input }) => listEntries(readerOf(ctx), input)),
  /** One entry. Errors: NOT_FOUND. */
  get: organizationProcedure("schedule.view")
    .input(one)
    .output(entryView)
    .query(({ ctx, input }) => getEntry(readerOf(ctx), input.id)),
  /** Makes one. Errors: TOO_MANY, NOT_FOUND for content, targets or dayparts that are not present. */
  create: organizationProcedure("schedule.create")
    .input(createEntryInput)
    .output(entryView)
    .mutation(async ({ ctx, input }) => getEntry(readerOf(ctx), await createEntry(ctx, input))),
  /** Changes what is given. Errors: NOT_FOUND, INVALID_INPUT with the field that does not go with the others. */
  update: organizationProcedure("schedule.edit")
    .input(updateEntryInput)
    .output(entryView)
    .mutation(async ({ ctx, input }) => {
      await updateEntry(ctx, input);
      return getEntry(readerOf(ctx), input.id);
    }),
  /** Copies one and gives the copy. Errors: NOT_FOUND, TOO_MANY. */
  duplicate: organizationProcedure("schedule.create")
    .input(one)
    .output(entryView)
    .mutation(async ({ ctx, input }) => getEntry(readerOf(ctx), await duplicateEntry(ctx, input.id))),
  /** Moves an occurrence, it alone or with others, and gives the entry that it belongs to then. Errors: NOT_FOUND, INVALID_INPUT. */
  moveOccurrence: organizationProcedure("schedule.edit")
    .input(moveOccurrenceInput)
    .output(entryView)
    .mutation(async ({ ctx, input }) => getEntry(readerOf(ctx), await moveEntryOccurrence(ctx, input))),
  /** Takes an occurrence out, it alone or with others. Errors: NOT_FOUND, INVALID_INPUT. */
  removeOccurrence: organizationProcedure("schedule.edit")
    .input(removeOccurrenceInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeEntryOccurrence(ctx, input);
      return {};
    }),
  /** Removes entries; `restore` undoes it. Errors: NOT_FOUND. */
  remove: organizationProcedure("schedule.delete")
    .input(entryIdsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await removeEntries(ctx, input.ids);
      return {};
    }),
  /** Brings removed entries back. Errors: NOT_FOUND, TOO_MANY. */
  restore: organizationProcedure("schedule.delete")
    .input(entryIdsInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await restoreEntries(ctx, input.ids);
      return {};
    }),
  /** Shows something on all targets at once, until the end given. Errors: INVALID_INPUT for an end that is past, NOT_FOUND. */
  override: organizationProcedure("schedule.override")
    .input(overrideInput)
    .output(entryView)
    .mutation(async ({ ctx, input }) => getEntry(readerOf(ctx), await startOverride(ctx, input))),
  /** Ends an override before its time. Errors: NOT_FOUND, INVALID_INPUT. */
  endOverride: organizationProcedure("schedule.override")
    .input(one)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await endOverride(ctx, input.id);
      return {};
    }),
  /** Overrides that are active now, the newest first, with how many of their screens have them. */
  overrides: organizationProcedure("schedule.view")
    .output(z.strictObject({ rows: z.array(runningOverride) }))
    .query(async ({ ctx }) => ({ rows: await listOverrides(readerOf(ctx)) })),
  /** Where each screen of an entry is with it, by name. Errors: NOT_FOUND. */
  receipts: organizationProcedure("schedule.view")
    .input(receiptsInput)
    .output(receiptPage)
    .query(({ ctx, input }) => listReceipts(readerOf(ctx), input)),
  /** What a screen shows in a range, slot by slot. Errors: NOT_FOUND. */
  preview: organizationProcedure("schedule.view")
    .input(previewInput)
    .output(previewView)
    .query(async ({ ctx, input }) => previewRange(await readManifest(readerOf(ctx), input.deviceId), input)),
  /** Why a screen shows what it shows at an instant. Errors: NOT_FOUND. */
  explain: organizationProcedure("schedule.view")
    .input(explainInput)
    .output(explanationView)
    .query(async ({ ctx, input }) =>
      explainInstant(await readManifest(readerOf(ctx), input.deviceId), input),
    ),
  /** How often and how long each asset is on a screen in a range. Errors: NOT_FOUND. */
  airtime: organizationProcedure("schedule.view")
    .input(airtimeInput)
    .output(airtimeView)
    .query(async ({ ctx, input }) => airtimeOf(await readManifest(readerOf(ctx), input.deviceId), input)),
  /** Gaps, content that never plays, and what else is amiss on a screen in a range. Errors: NOT_FOUND. */
  lint: organizationProcedure("schedule.view")
    .input(lintInput)
    .output(lintView)
    .query(async ({ ctx, input }) => lintRange(await readManifest(readerOf(ctx), input.deviceId), input)),
});

function readerOf({ services, scope, contentOrigin }: RequestContext & { scope: OrganizationScope }) {
  return {
    database: services.database,
    scope,
    clock: services.clock,
    fileUrl: (file: { sha256: string; mediaType: string }) =>
      services.contentUrls.make(contentOrigin, scope, file),
  };
}
