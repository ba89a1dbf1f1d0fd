import type { FromStage, StageSlot } from "../shared/messages.ts";
import type { PaneFailure } from "./panes/pane.ts";

/** What the engine is told of one zone. */
export class ZoneReports {
  readonly #zoneId: string;
  readonly #send: (message: FromStage) => void;
  readonly #told = new Set<string>();
  /** When each slot was first named, so that lateness is not blamed on the stage. */
  readonly #namedAtMs = new Map<string, number>();

  constructor(zoneId: string, send: (message: FromStage) => void) {
    this.#zoneId = zoneId;
    this.#send = send;
  }

  /** Takes note of the slots of a new plan; forgets those that it does not name. */
  name(slots: readonly StageSlot[], nowMs: number): void {
    const ids = new Set(slots.map((slot) => slot.slotId));
    for (const known of [...this.#namedAtMs.keys()]) if (!ids.has(known)) this.#namedAtMs.delete(known);
    for (const id of this.#told) if (!ids.has(id)) this.#told.delete(id);
    for (const id of ids) if (!this.#namedAtMs.has(id)) this.#namedAtMs.set(id, nowMs);
  }

  prepared(slotId: string, tookMs: number): void {
    this.#send({ kind: "prepared", zoneId: this.#zoneId, slotId, tookMs });
  }

  shown(slot: StageSlot, standInSlotId: string | null, atMs: number): void {
    const { slotId } = slot;
    const dueMs = Math.max(slot.startsAtMs, this.#namedAtMs.get(slotId) ?? 0);
    this.#send({ kind: "shown", zoneId: this.#zoneId, slotId, standInSlotId, atMs, lateMs: atMs - dueMs });
  }

  gone(slotId: string, atMs: number): void {
    this.#send({ kind: "gone", zoneId: this.#zoneId, slotId, atMs });
  }

  /** Tells it once a slot. */
  failed(slotId: string, { reason, message }: PaneFailure): void {
    if (this.#told.has(slotId)) return;
    this.#told.add(slotId);
    this.#send({ kind: "failed", zoneId: this.#zoneId, slotId, reason, text: message.slice(0, 300) });
  }
}
