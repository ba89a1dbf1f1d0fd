import type { FromStage, PlanMessage, PulseMessage } from "../shared/messages.ts";
import type { FrameMeter } from "./frames.ts";
import type { PaneFailure, PaneSettings } from "./panes/pane.ts";
import type { StageClock } from "./stage-clock.ts";
import { ZonePlayer } from "./zone-player.ts";

/** What the player of a plan needs of the page around it. */
export interface PlanContext {
  canvas: HTMLElement;
  clock: StageClock;
  meter: FrameMeter;
  send(message: FromStage): void;
  /** Called in the frame that brings a picture onto the canvas. */
  onShow(): void;
  /** No zone has a picture left. */
  onDark(): void;
}

/** Plays a plan: one `ZonePlayer` a zone. */
export class PlanPlayer {
  readonly #context: PlanContext;
  readonly #zones = new Map<string, ZonePlayer>();
  #settings: PaneSettings;

  constructor(context: PlanContext, settings: PaneSettings) {
    this.#context = context;
    this.#settings = settings;
  }

  /** Replaces the plan. Zones that it does not name leave the canvas. */
  setPlan(plan: PlanMessage): void {
    const named = new Set(plan.zones.map((zone) => zone.zoneId));
    for (const [zoneId, zone] of this.#zones) {
      if (named.has(zoneId)) continue;
      zone.clear();
      this.#zones.delete(zoneId);
    }
    for (const zone of plan.zones) this.#zoneOf(zone.zoneId).setPlan(zone);
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
    this.#context.meter.isHeld = [...this.#zones.values()].some((zone) => zone.isMoving);
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
    this.#context.meter.isHeld = false;
  }

  #zoneOf(zoneId: string): ZonePlayer {
    const known = this.#zones.get(zoneId);
    if (known !== undefined) return known;
    const { canvas, clock, meter, send, onShow, onDark } = this.#context;
    const zone = new ZonePlayer(zoneId, { clock, meter, send, onShow, onDark }, this.#settings);
    this.#zones.set(zoneId, zone);
    canvas.append(zone.element);
    return zone;
  }
}
