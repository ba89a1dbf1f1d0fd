import {
  actsOf,
  type FromStage,
  type PlanMessage,
  type PulseMessage,
  type StageAct,
} from "../shared/messages.ts";
import { ActPlayer } from "./act-player.ts";
import { callInFrame, type FrameMeter } from "./frames.ts";
import type { PaneFailure, PaneSettings } from "./panes/pane.ts";
import { ParkedPages } from "./parked-pages.ts";
import type { StageClock } from "./stage-clock.ts";

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

/**
 * Plays a plan: the act of now on the glass, and the next one above it, unseen, getting ready. An act that
 * should be there and is not ready leaves the former one on the glass.
 */
export class PlanPlayer {
  readonly #context: PlanContext;
  #acts: readonly StageAct[] = [];
  #front: ActPlayer | undefined;
  #leaving: ActPlayer | undefined;
  #coming: ActPlayer | undefined;
  /** Acts that have left, with web pages that live on in them until the act comes again. */
  readonly #resting = new Map<string, ActPlayer>();
  readonly #pages = new ParkedPages();
  #cancelLook: () => void = () => undefined;
  #settings: PaneSettings;

  constructor(context: PlanContext, settings: PaneSettings) {
    this.#context = context;
    this.#settings = settings;
  }

  /** Replaces the plan. */
  setPlan(plan: PlanMessage): void {
    this.#acts = actsOf(plan);
    this.#arrange(this.#context.meter.glassNow());
  }

  applySettings(settings: PaneSettings): void {
    this.#settings = settings;
    for (const act of this.#all()) act.applySettings(settings);
  }

  failWebFrame(frameName: string, failure: PaneFailure): void {
    for (const act of this.#all()) act.failWebFrame(frameName, failure);
  }

  /** Called once a second. */
  keepUp(): void {
    for (const act of this.#all()) act.keepUp();
    this.#pages.keepUp();
    this.#dropEmpty();
    this.#context.meter.isHeld = this.#front?.isMoving ?? false;
  }

  get onGlass(): PulseMessage["onGlass"] {
    return this.#front?.onGlass ?? [];
  }

  takeVideoFrames(): { painted: number; dropped: number } {
    return this.#front?.takeVideoFrames() ?? { painted: 0, dropped: 0 };
  }

  /** Takes everything off the canvas. */
  clear(): void {
    this.#cancelLook();
    for (const act of this.#all()) act.clear();
    this.#acts = [];
    this.#front = undefined;
    this.#leaving = undefined;
    this.#coming = undefined;
    this.#resting.clear();
    delete this.#context.canvas.dataset.live;
    this.#context.meter.isHeld = false;
  }

  /** Gives the act on the glass its part of the plan, and has the one that comes get ready. */
  #arrange(nowMs: number): void {
    const started = this.#acts.findLastIndex(({ startsAtMs }) => startsAtMs <= nowMs);
    const current = this.#acts[started];
    const isThere = current !== undefined && this.#front?.actId === current.actId;
    if (isThere) this.#front?.setAct(current);
    else if (current !== undefined) this.#front?.freeze();
    const next = isThere || current === undefined ? this.#acts[started + 1] : current;
    if (this.#coming !== undefined && this.#coming.actId !== next?.actId) {
      this.#coming.clear();
      this.#coming = undefined;
    }
    // What is only just leaving can come again once it has.
    if (next === undefined || this.#leaving?.actId === next.actId) {
      this.#cancelLook();
      return;
    }
    this.#coming ??= this.#wakeAct(next.actId) ?? this.#addAct(next.actId);
    this.#coming.setAct(next);
    this.#lookAt(Math.max(nowMs, next.startsAtMs));
  }

  #lookAt(dueMs: number): void {
    this.#cancelLook();
    this.#cancelLook = callInFrame(this.#context.meter, dueMs, (glassMs) =>
      this.#look(Math.max(glassMs, dueMs)),
    );
  }

  /** Changes acts when it is time and the new one has its pictures. */
  #look(nowMs: number): void {
    const coming = this.#coming;
    if (coming === undefined) return;
    if (!coming.canOpen(nowMs)) {
      const lookMs = coming.nextLookMs(nowMs);
      if (lookMs !== undefined) this.#lookAt(lookMs);
      return;
    }
    const former = this.#front;
    this.#coming = undefined;
    this.#front = coming;
    this.#context.canvas.dataset.live = "";
    coming.open(nowMs);
    this.#leaving = former;
    former?.leave(() => this.#endLeaving(former));
    this.#arrange(nowMs);
  }

  #endLeaving(act: ActPlayer): void {
    if (this.#leaving !== act) return;
    this.#leaving = undefined;
    this.#resting.set(act.actId, act);
    this.#dropEmpty();
    this.#arrange(this.#context.meter.glassNow());
  }

  #wakeAct(actId: string): ActPlayer | undefined {
    const act = this.#resting.get(actId);
    this.#resting.delete(actId);
    act?.wake();
    return act;
  }

  /** An act without a web page that lives is as good when it is made anew. */
  #dropEmpty(): void {
    for (const [actId, act] of this.#resting) {
      if (act.hasParkedPages) continue;
      act.clear();
      this.#resting.delete(actId);
    }
  }

  #addAct(actId: string): ActPlayer {
    const { canvas, clock, meter, send, onShow, onDark } = this.#context;
    const act: ActPlayer = new ActPlayer(
      actId,
      {
        clock,
        meter,
        pages: this.#pages,
        send,
        onShow,
        onDark: () => {
          if (!act.isLit) onDark();
        },
        onReadiness: (nowMs) => {
          if (act === this.#coming) this.#look(nowMs);
        },
      },
      this.#settings,
    );
    canvas.append(act.element);
    return act;
  }

  #all(): ActPlayer[] {
    const acts = [this.#leaving, this.#front, this.#coming, ...this.#resting.values()];
    return acts.filter((act) => act !== undefined);
  }
}
