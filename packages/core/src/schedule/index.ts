/** The public face of the scheduling core. */
export { assetsNeeded } from "./assets-needed.ts";
export { type Playhead, playheadAt } from "./playhead.ts";
export { type DayBounds, dayBounds, localDateAt } from "./time.ts";
export { compileDay, type Slot, type SlotReason, type Timeline } from "./timeline.ts";
