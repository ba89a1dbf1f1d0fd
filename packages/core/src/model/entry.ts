import * as z from "zod";
import { businessId, ofBusiness } from "./business.ts";
import { deviceStatus } from "./device.ts";
import { id, instant, timeZone } from "./ids.ts";
import { displayName, page, pageInput, searchText, tags } from "./paging.ts";
import { checkEntry, ENTRY_KINDS, entryContent, entryFields, localDate, localDateTime } from "./schedule.ts";

/** At most this many entries that have not ended are present in an organization. */
export const MAX_ENTRIES = 10_000;
/** The longest range for which entries are listed. */
export const MAX_LIST_DAYS = 62;
/** The longest range for which a screen's days are worked out: airtime and lint. */
export const MAX_FORECAST_DAYS = 31;

const named = z.strictObject({ id, name: z.string() });

/** Which screens an entry is for: all of them, or those that one of the others names. Tags are those of screens. */
export const entryTargets = z
  .strictObject({
    isEverywhere: z.boolean().default(false),
    deviceIds: z.array(id).max(500, "At most 500 screens; put them in a group").default([]),
    groupIds: z.array(id).max(200, "At most 200 groups").default([]),
    tags: tags.default([]),
  })
  .refine(
    ({ isEverywhere, deviceIds, groupIds, tags: some }) =>
      isEverywhere || deviceIds.length + groupIds.length + some.length > 0,
    { message: "Choose at least one screen, group or tag" },
  );
export type EntryTargets = z.infer<typeof entryTargets>;

/** An entry as people see it. */
export const entryView = z.strictObject({
  id,
  /** Its screens are those of this business alone; null: any. */
  businessId: id.nullable(),
  ...entryFields,
  /** What it shows, by name; `isPresent` is false once that was removed. `isHidden`: of a business that the caller does not see. */
  shown: z.strictObject({
    name: z.string(),
    isPresent: z.boolean(),
    isHidden: z.boolean(),
    thumbnailUrl: z.string().nullable(),
  }),
  targets: z.strictObject({
    isEverywhere: z.boolean(),
    devices: z.array(named),
    groups: z.array(named),
    tags: z.array(z.string()),
  }),
  isEnabled: z.boolean(),
  isActive: z.boolean(),
  /** When the last of it is over, wherever its screens are; null: never. */
  endsAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  createdByName: z.string().nullable(),
});
export type EntryView = z.infer<typeof entryView>;

/** A stretch in which an entry is active, `[startsAt, endsAt)`; null where it has no beginning or end. */
export const entryStretch = z.strictObject({
  /** The local date that the recurrence names for it; null: it is active always. */
  date: localDate.nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
});
export type EntryStretch = z.infer<typeof entryStretch>;

export const listEntriesInput = pageInput.extend({
  /** Only entries with a stretch in these local days, `[from, until)`; without them all entries. */
  from: localDate.optional(),
  until: localDate.optional(),
  /** Where the local days are, and the zone of entries that mean the screen's: the organization's unless given. */
  timeZone: timeZone.optional(),
  /** Only those that are for this screen, by whichever target. */
  deviceId: id.optional(),
  /** Only those for this group, or for all screens. */
  groupId: id.optional(),
  kind: z.enum(ENTRY_KINDS).optional(),
  businessId: ofBusiness,
  search: searchText,
  removed: z.boolean().default(false),
});
/** In the order of making. `stretches`: within the range, cut to dayparts and validity; empty without a range. */
export const entryPage = page(entryView.extend({ stretches: z.array(entryStretch) }));
export type ListedEntry = z.infer<typeof entryPage>["rows"][number];

const written = {
  /** The content's name unless given; where not all who see the entry see that content, the name of its business. */
  name: displayName.optional(),
  kind: entryFields.kind.default("normal"),
  content: entryContent,
  targets: entryTargets,
  priority: entryFields.priority.default(0),
  timeZone: timeZone.nullable().default(null),
  when: entryFields.when.default(null),
  validFrom: instant.nullable().default(null),
  validUntil: instant.nullable().default(null),
  daypartIds: entryFields.daypartIds.default([]),
  startsExactly: z.boolean().default(false),
  sharePercent: entryFields.sharePercent.default(null),
  zoneName: entryFields.zoneName.default(null),
  isEnabled: z.boolean().default(true),
  businessId,
};
export const createEntryInput = z
  .strictObject(written)
  .check(checkEntry)
  .refine(({ validFrom, validUntil }) => isInOrder(validFrom, validUntil), {
    path: ["validUntil"],
    message: "Ends before it starts",
  });
/** What is not given stays. The result must be an entry: INVALID_INPUT with the field that is not as it must be. */
export const updateEntryInput = z.strictObject({
  id,
  name: displayName.optional(),
  kind: entryFields.kind.optional(),
  content: entryContent.optional(),
  targets: entryTargets.optional(),
  priority: entryFields.priority.optional(),
  timeZone: timeZone.nullable().optional(),
  when: entryFields.when.optional(),
  validFrom: instant.nullable().optional(),
  validUntil: instant.nullable().optional(),
  daypartIds: entryFields.daypartIds.optional(),
  startsExactly: z.boolean().optional(),
  sharePercent: entryFields.sharePercent.optional(),
  zoneName: entryFields.zoneName.optional(),
  isEnabled: z.boolean().optional(),
  businessId,
});

export const OCCURRENCE_SCOPES = ["one", "following", "all"] as const;
/** How far a change of one occurrence reaches: it alone, it and those after it, or all of them. */
export const occurrenceScope = z.enum(OCCURRENCE_SCOPES);
export type OccurrenceScope = z.infer<typeof occurrenceScope>;
/** Moves the occurrence of a date to other local times, with the reach given. */
export const moveOccurrenceInput = z
  .strictObject({
    id,
    /** The date that the recurrence names for it. */
    date: localDate,
    start: localDateTime,
    end: localDateTime,
    scope: occurrenceScope,
  })
  .refine(({ start, end }) => end > start, { path: ["end"], message: "Ends before it starts" });
export const removeOccurrenceInput = z.strictObject({ id, date: localDate, scope: occurrenceScope });

export const entryIdsInput = z.strictObject({ ids: z.array(id).min(1).max(200) });

/** Shows something on all targets now, above everything else, until an end that must be given. */
export const overrideInput = z
  .strictObject({
    name: displayName.optional(),
    content: entryContent,
    targets: entryTargets,
    endsAt: instant,
    zoneName: entryFields.zoneName.default(null),
    businessId,
  })
  .refine(({ content, zoneName }) => zoneName === null || content.kind !== "layout", {
    path: ["content"],
    message: "A layout does not fit in a zone",
  });

/** What became of an override on a screen: on its glass, in its hands, on the way, or out of reach. */
export const RECEIPT_STATES = ["on_glass", "received", "waiting", "offline"] as const;
export const receiptState = z.enum(RECEIPT_STATES);
export type ReceiptState = z.infer<typeof receiptState>;

/** An override that is active now, and how many of its screens have it. */
export const runningOverride = z.strictObject({
  entry: entryView,
  startedAt: instant,
  endsAt: instant.nullable(),
  counts: z.record(receiptState, z.int()),
});
export type RunningOverride = z.infer<typeof runningOverride>;
export const receiptsInput = pageInput.extend({ id });
export const receiptPage = page(
  z.strictObject({ deviceId: id, name: z.string(), status: deviceStatus, state: receiptState }),
);

const ofScreen = { deviceId: id };
const orderedRange = (days: number) =>
  z
    .strictObject({ ...ofScreen, from: instant, until: instant })
    .refine(({ from, until }) => from < until, { path: ["until"], message: "Ends before it starts" })
    .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= days * 86_400_000, {
      path: ["until"],
      message: `At most ${days} days`,
    });

/** Up to this many slots come in one answer. */
export const MAX_PREVIEW_SLOTS = 1000;
export const previewInput = orderedRange(MAX_FORECAST_DAYS);
const slotReason = z.enum([
  "override",
  "interrupt",
  "entry",
  "screen_playlist",
  "organization_default",
  "zone_playlist",
]);
const previewSlot = z.strictObject({
  startsAt: instant,
  endsAt: instant,
  reason: slotReason,
  entry: named.nullable(),
  /** What is on the screen: an asset, or a layout with its zones. */
  asset: named.nullable(),
  layout: named.nullable(),
  isWhole: z.boolean(),
});
/** What a screen shows in a range, in order and without overlap; idle between. */
export const previewView = z.strictObject({
  slots: z.array(previewSlot.extend({ zones: z.array(previewSlot.extend({ zoneName: z.string() })) })),
  /** Where to go on when there is more than one answer holds; null: that is all. */
  nextFrom: instant.nullable(),
});

export const explainInput = z.strictObject({ ...ofScreen, at: instant });
/** Why a screen shows what it shows; the words of the scheduling core, with names. */
export const explanationView = z.strictObject({
  at: instant,
  localDate,
  rule: z.enum(["override", "entries", "screen_playlist", "organization_default", "idle"]),
  /** What is on the screen; null when idle. */
  showing: z
    .strictObject({
      asset: named.nullable(),
      layout: named.nullable(),
      entry: named.nullable(),
      reason: slotReason,
      startsAt: instant,
      endsAt: instant,
    })
    .nullable(),
  /** Every entry active then, overrides first, each kind by rank. */
  entries: z.array(
    z.strictObject({
      entry: named,
      kind: entryFields.kind,
      priority: z.int(),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      verdict: z.enum([
        "wins",
        "shares",
        "interrupts",
        "takes_zone",
        "beaten_by_override",
        "beaten_by_priority",
        "beaten_by_newer",
        "nothing_playable",
      ]),
    }),
  ),
  /** Items that would be in what has the screen, and are not. */
  skipped: z.array(
    z.strictObject({
      playlist: named,
      item: named,
      why: z.enum([
        "cut",
        "missing",
        "outside_daypart",
        "not_yet_available",
        "no_longer_available",
        "nothing_playable",
      ]),
    }),
  ),
});
export type ExplanationView = z.infer<typeof explanationView>;

export const airtimeInput = orderedRange(MAX_FORECAST_DAYS);
/** The longest shown first. */
export const airtimeView = z.strictObject({
  rows: z.array(z.strictObject({ asset: named, plays: z.int(), shownMs: z.int() })),
  /** Of the range, also when nothing was shown. */
  totalMs: z.int(),
});
export type AirtimeView = z.infer<typeof airtimeView>;

export const lintInput = orderedRange(MAX_FORECAST_DAYS);
/** What the maker of a schedule would want to know of a range. */
export const lintView = z.strictObject({
  findings: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("gap"), startsAt: instant, endsAt: instant }),
      z.strictObject({ kind: z.literal("never_plays"), asset: named }),
      z.strictObject({ kind: z.literal("always_beaten"), entry: named }),
      z.strictObject({ kind: z.literal("removed_by_clock_change"), entry: named, localDate }),
      z.strictObject({
        kind: z.literal("share_over_100"),
        startsAt: instant,
        percent: z.number(),
        entries: z.array(named),
      }),
      z.strictObject({ kind: z.literal("nothing_playable"), playlist: named }),
      z.strictObject({
        kind: z.literal("late_download"),
        asset: named,
        neededAt: instant,
        readyAt: instant,
      }),
    ]),
  ),
});
export type LintView = z.infer<typeof lintView>;

function isInOrder(from: string | null, until: string | null): boolean {
  return from === null || until === null || from < until;
}
