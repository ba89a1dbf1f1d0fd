/** The public face of the scheduling core. */
export { type Activity, activitiesOf, type Span } from "./activity.ts";
export { type Airtime, airtime } from "./airtime.ts";
export {
  type ActiveEntry,
  type EntryVerdict,
  type Explanation,
  explain,
  type SkippedItem,
} from "./explain.ts";
export { assetSlotsOf, filesNeeded } from "./files-needed.ts";
export { type Lint, lint } from "./lint.ts";
export {
  entryBounds,
  moveOccurrence,
  type OccurrenceEdit,
  type OccurrenceFault,
  removeOccurrence,
} from "./occurrence-edits.ts";
export { type LineShowing, type Pass, passesOf } from "./passes.ts";
export { type Playhead, playheadAt } from "./playhead.ts";
export { type Diagnostic, MAX_NESTING } from "./program.ts";
export { type DayBounds, dayBounds, localDateAt } from "./time.ts";
export {
  type AssetSlot,
  compileDay,
  type LayoutSlot,
  type Slot,
  type SlotReason,
  type Timeline,
  type ZoneTrack,
} from "./timeline.ts";
