import type { Manifest } from "@vitrine/core/model/manifest";
import { type Act, trackFrom } from "./acts.ts";
import { type Peek, type PeekInput, peekFrom } from "./peek.ts";
import { type PlanInput, type PlannedSlot, planZone, type ZonePlan } from "./plan.ts";
import type { Timelines } from "./timelines.ts";

/** What a zone needs to plan. */
export interface ZonePlanInput extends Pick<PlanInput, "assets" | "nowMs" | "isShowable"> {
  timelines: Timelines;
  manifest: Manifest;
  act: Pick<Act, "startMs" | "endMs">;
}

/** After an edit, a slot of which less than this is left is not begun. */
const LEAST_REST_MS = 500;

/** Directs one zone of an act: what is on the glass there, and what of it may end before a new manifest takes effect. */
export class ZoneDirector {
  readonly actId: string;
  readonly zoneId: string;
  onGlass: PlannedSlot | undefined;
  /** A look at a neighbour, which ends with the slot of now. */
  peek: Peek | undefined;
  #holdover: PlannedSlot | undefined;
  #joinsAtMs: number;

  /** A slot that began before `joinsAtMs` is joined there. */
  constructor({ actId, zoneId }: { actId: string; zoneId: string }, joinsAtMs: number) {
    this.actId = actId;
    this.zoneId = zoneId;
    this.#joinsAtMs = joinsAtMs;
  }

  /** What stays on the glass until its end, whatever the manifest says. */
  findHoldover(nowMs: number): PlannedSlot | undefined {
    if (this.#holdover && this.#holdover.endMs <= nowMs) this.#holdover = undefined;
    return this.#holdover;
  }

  /** The showings of an act's time. */
  plan({ timelines, manifest, act, nowMs, ...rest }: ZonePlanInput): ZonePlan {
    const { actId, zoneId, onGlass } = this;
    const holdover = act.startMs <= nowMs ? this.findHoldover(nowMs) : undefined;
    const fromMs = Math.max(0, Math.floor(nowMs), act.startMs, holdover?.endMs ?? 0);
    const plan = planZone({
      ...rest,
      ...{ actId, zoneId, nowMs, onGlass, peek: this.peek },
      track: trackFrom(timelines, manifest, { actId, zoneId, untilMs: act.endMs }, fromMs),
      untilMs: act.endMs,
      holdover,
      joinsAtMs: this.#joinsAtMs,
    });
    this.onGlass = plan.showings.find(({ slotId }) => slotId === onGlass?.slotId) ?? onGlass;
    return plan;
  }

  /** Looks one showing on or back, from now to the end of the slot of now. Throws an `Error` that says why it cannot. */
  look(input: Omit<PeekInput, "zone" | "former">, untilMs: number, direction: 1 | -1): void {
    const { actId, zoneId } = this;
    this.peek = peekFrom({ ...input, zone: { actId, zoneId, untilMs }, former: this.peek }, direction);
    this.#holdover = undefined;
  }

  /** Lets what is on the glass end if the next manifest has it as it was; else it may go at once. */
  takeManifest(next: Manifest, isKept: (planned: PlannedSlot) => boolean, timelines: Timelines): void {
    const shown = this.onGlass;
    this.peek = undefined;
    this.#holdover =
      shown && !shown.isPeek && isKept(shown) ? this.#holdOver(shown, next, timelines) : undefined;
    this.#joinsAtMs = this.#holdover?.endMs ?? 0;
  }

  /** Of what is held, the act stays this long: so does this. */
  holdUntil(untilMs: number): void {
    const held = this.#holdover;
    if (held) this.#holdover = { ...held, endMs: Math.max(held.endMs, untilMs) };
  }

  onShown(planned: PlannedSlot): void {
    this.onGlass = planned;
    if (this.#holdover?.slotId !== planned.slotId) this.#holdover = undefined;
  }

  /** What would follow for too short a moment to be seen is left out. */
  #holdOver(planned: PlannedSlot, next: Manifest, timelines: Timelines): PlannedSlot {
    const { actId, zoneId } = this;
    const zone = { actId, zoneId, untilMs: planned.endMs + LEAST_REST_MS };
    const [follower] = trackFrom(timelines, next, zone, planned.endMs).slots;
    const isShortRest = follower !== undefined && follower.endMs - planned.endMs < LEAST_REST_MS;
    return isShortRest ? { ...planned, endMs: follower.endMs } : planned;
  }
}
