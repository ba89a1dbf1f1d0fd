import type { PulseMessage, StageAct } from "../shared/messages.ts";
import type { PaneFailure, PaneSettings } from "./panes/pane.ts";
import { type ZoneContext, ZonePlayer } from "./zone-player.ts";

/** After this long past its time an act comes with its main zone alone; the other zones follow when they can. */
const WAIT_FOR_ALL_MS = 300;

/** Plays one act: its zones side by side, unseen until it is opened. */
export class ActPlayer {
  readonly actId: string;
  readonly element = document.createElement("div");
  readonly #context: ZoneContext;
  readonly #zones = new Map<string, ZonePlayer>();
  #settings: PaneSettings;
  #mainZoneId = "";
  #namedAtMs: number;
  /** When it should come: its start or, if it was named later, then. */
  #dueMs = 0;
  #isOpen = false;

  constructor(actId: string, context: ZoneContext, settings: PaneSettings) {
    this.actId = actId;
    this.#context = context;
    this.#settings = settings;
    this.#namedAtMs = context.meter.glassNow();
    this.element.className = "act";
    this.element.dataset.place = "next";
  }

  /** Takes over what the plan says of it. Zones that it does not name leave the canvas. */
  setAct({ startsAtMs, mainZoneId, zones }: StageAct): void {
    this.#dueMs = Math.max(startsAtMs, this.#namedAtMs);
    this.#mainZoneId = mainZoneId;
    const named = new Set(zones.map(({ zoneId }) => zoneId));
    for (const [zoneId, zone] of this.#zones) if (!named.has(zoneId)) this.#removeZone(zone);
    for (const [place, { zoneId, box, z = 0, slots }] of zones.entries()) {
      const zone = this.#zones.get(zoneId) ?? this.#addZone(zoneId);
      Object.assign(zone.element.style, {
        left: percent(box.left),
        top: percent(box.top),
        width: percent(box.width),
        height: percent(box.height),
        zIndex: String(z * 100 + place),
      });
      zone.setSlots(slots);
    }
  }

  /** When it is to be asked next whether it can open, if nothing happens meanwhile; undefined: only then. */
  nextLookMs(nowMs: number): number | undefined {
    return [this.#dueMs, this.#dueMs + WAIT_FOR_ALL_MS].find((lookMs) => lookMs > nowMs);
  }

  /** Whether it can come onto the glass: with all of its pictures, or, a little late, with that of the main zone. */
  canOpen(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    const states = [...this.#zones.values()].map((zone) => zone.readiness(nowMs));
    if (!states.includes("ready")) return false;
    if (!states.includes("pending")) return true;
    const isMainPending = this.#zones.get(this.#mainZoneId)?.readiness(nowMs) === "pending";
    return !isMainPending && nowMs >= this.#dueMs + WAIT_FOR_ALL_MS;
  }

  /** Comes onto the glass in the frame of the time `nowMs`. */
  open(nowMs: number): void {
    this.#isOpen = true;
    this.element.dataset.place = "front";
    for (const zone of this.#zones.values()) zone.open(nowMs);
  }

  /** Stays as it is until another act has taken its place. */
  freeze(): void {
    for (const zone of this.#zones.values()) zone.setSlots([]);
  }

  /** Lies under the act that has just come, for the one frame until that has been painted; then it rests. */
  leave(onLeft: () => void): void {
    this.freeze();
    this.element.dataset.place = "leaving";
    requestAnimationFrame((timestampMs) => {
      const atMs = this.#context.clock.at(timestampMs);
      for (const zone of this.#zones.values()) zone.tellGone(atMs);
      this.#rest();
      onLeft();
    });
  }

  /** Whether a web page lives on in it, off the glass. */
  get hasParkedPages(): boolean {
    return [...this.#zones.values()].some((zone) => zone.hasParkedPages);
  }

  /** After it has left, it gets ready anew. */
  wake(): void {
    this.#namedAtMs = this.#context.meter.glassNow();
    this.element.dataset.place = "next";
  }

  applySettings(settings: PaneSettings): void {
    this.#settings = settings;
    for (const zone of this.#zones.values()) zone.applySettings(settings);
  }

  failWebFrame(frameName: string, failure: PaneFailure): void {
    for (const zone of this.#zones.values()) zone.failWebFrame(frameName, failure);
  }

  /** Called once a second. */
  keepUp(): void {
    for (const zone of this.#zones.values()) zone.keepUp();
  }

  get isLit(): boolean {
    return [...this.#zones.values()].some((zone) => zone.isLit);
  }

  get isMoving(): boolean {
    return [...this.#zones.values()].some((zone) => zone.isMoving);
  }

  get onGlass(): PulseMessage["onGlass"] {
    return [...this.#zones.values()].flatMap((zone) => zone.onGlass ?? []);
  }

  takeVideoFrames(): { painted: number; dropped: number } {
    const sum = { painted: 0, dropped: 0 };
    for (const zone of this.#zones.values()) {
      const { painted, dropped } = zone.takeVideoFrames();
      sum.painted += painted;
      sum.dropped += dropped;
    }
    return sum;
  }

  /** Takes everything off the canvas. */
  clear(): void {
    for (const zone of this.#zones.values()) zone.clear();
    this.#zones.clear();
    this.element.remove();
  }

  #rest(): void {
    this.#isOpen = false;
    this.element.dataset.place = "resting";
    for (const zone of this.#zones.values()) zone.rest();
  }

  #addZone(zoneId: string): ZonePlayer {
    const zone = new ZonePlayer(zoneId, this.#context, this.#settings);
    this.#zones.set(zoneId, zone);
    this.element.append(zone.element);
    if (this.#isOpen) zone.open(this.#context.meter.glassNow());
    return zone;
  }

  #removeZone(zone: ZonePlayer): void {
    zone.tellGone(this.#context.meter.glassNow());
    zone.clear();
    this.#zones.delete(zone.zoneId);
  }
}

function percent(fraction: number): string {
  return `${fraction * 100}%`;
}
