import type { FromStage, StageSlot } from "../shared/messages.ts";
import { ComingPane } from "./coming-pane.ts";
import { callInFrame, type FrameMeter } from "./frames.ts";
import { LeavingPanes } from "./leaving-panes.ts";
import { PanePool } from "./pane-pool.ts";
import { place } from "./panes/any-pane.ts";
import { PaneFailure, type PaneSettings } from "./panes/pane.ts";
import type { ParkedPages } from "./parked-pages.ts";
import type { StageClock } from "./stage-clock.ts";
import {
  asPaneFailure,
  canContinue,
  canServe,
  type Front,
  fadeMsAt,
  isFromElsewhere,
} from "./zone-content.ts";
import { decide } from "./zone-decision.ts";
import { ZoneReports } from "./zone-reports.ts";

/** Failed content is tried again after this long, where nothing stands in for it, or where it is not a file. */
const RETRY_MS = 10_000;
/** A slot that passed unseen is told as failed only if it had this long to get ready. */
const FAIR_CHANCE_MS = 2000;

/** What a zone needs of the page around it. */
export interface ZoneContext {
  clock: StageClock;
  meter: FrameMeter;
  pages: ParkedPages;
  send(message: FromStage): void;
  /** Called in the frame that brings a picture onto the glass. */
  onShow(): void;
  /** What was on the glass is gone and nothing can take its place for now. */
  onDark(): void;
  /** Before it is opened: in a frame in which `readiness` may have changed. */
  onReadiness(nowMs: number): void;
}

/**
 * Plays the slots of one zone: decides in frames, keeps the next content ready, and tells what was shown. It
 * shows nothing until it is opened, and gets everything ready before.
 */
export class ZonePlayer {
  readonly zoneId: string;
  readonly element = document.createElement("div");
  readonly #context: ZoneContext;
  readonly #pool: PanePool;
  readonly #leaving: LeavingPanes;
  readonly #reports: ZoneReports;
  readonly #coming: ComingPane;
  readonly #failed = new Set<string>();
  #slots: readonly StageSlot[] = [];
  #front: Front | undefined;
  #cancelWake: () => void = () => undefined;
  #retryAtMs: number | undefined;
  #isOpen = false;

  constructor(zoneId: string, context: ZoneContext, settings: PaneSettings) {
    this.zoneId = zoneId;
    this.#context = context;
    this.element.className = "zone";
    this.#reports = new ZoneReports(zoneId, context.send);
    this.#pool = new PanePool(this.element, context.pages, settings);
    this.#leaving = new LeavingPanes(this.#pool, context.meter);
    this.#coming = new ComingPane({
      pool: this.#pool,
      now: () => context.meter.glassNow(),
      onReady: ({ slotId }, tookMs) => {
        this.#reports.prepared(slotId, tookMs);
        this.#wakeAt(context.meter.glassNow());
      },
      onFailed: ({ slotId }, failure) => this.#fail(slotId, failure),
    });
  }

  /** Replaces what to show; the picture on the glass stays until the new slots say otherwise. */
  setSlots(slots: readonly StageSlot[]): void {
    const nowMs = this.#context.meter.glassNow();
    const ids = new Set(slots.map((slot) => slot.slotId));
    for (const id of this.#failed) if (!ids.has(id)) this.#failed.delete(id);
    this.#reports.name(slots, nowMs);
    this.#slots = slots;
    this.#prepareAtOnce(nowMs);
    this.#wakeAt(nowMs);
  }

  /** Whether what belongs on the glass at `nowMs` could come now: `none` where nothing belongs there, or can. */
  readiness(nowMs: number): "ready" | "pending" | "none" {
    const { show } = decide({ slots: this.#slots, nowMs, showing: undefined, failed: this.#failed });
    if (show === undefined || show.content.item.kind === "none") return "none";
    const coming = this.#coming.current;
    return coming?.isReady && canServe(coming, show.content, nowMs) ? "ready" : "pending";
  }

  /** From now on it shows. Called in a frame of the time `nowMs`, it brings what is ready onto the glass in that one. */
  open(nowMs: number): void {
    this.#isOpen = true;
    this.#decide(nowMs);
  }

  applySettings(settings: PaneSettings): void {
    this.#pool.applySettings(settings);
  }

  failWebFrame(frameName: string, failure: PaneFailure): void {
    this.#pool.failWebFrame(frameName, failure);
  }

  /** Whether something that is whole is on the glass. */
  get isLit(): boolean {
    return this.#front?.isSound === true && this.#front.pane.kind !== "none";
  }

  /** Whether something is on the glass that needs a frame for each of its own. */
  get isMoving(): boolean {
    return this.#front?.pane.kind === "video" || this.#front?.pane.kind === "stream";
  }

  get onGlass(): { zoneId: string; slotId: string; standInSlotId: string | null } | undefined {
    if (this.#front === undefined || this.#front.pane.kind === "none") return undefined;
    const { slotId, standInSlotId } = this.#front;
    return { zoneId: this.zoneId, slotId, standInSlotId };
  }

  takeVideoFrames(): { painted: number; dropped: number } {
    return this.#front?.pane.takeVideoFrames() ?? { painted: 0, dropped: 0 };
  }

  /** Called once a second: keeps what moves in step and notices what stands still. */
  keepUp(): void {
    const nowMs = this.#context.meter.glassNow();
    if (this.#retryAtMs !== undefined && nowMs >= this.#retryAtMs) {
      this.#retryAtMs = undefined;
      this.#failed.clear();
      this.#wakeAt(nowMs);
    }
    const front = this.#front;
    if (front === undefined || !front.isSound) return;
    try {
      front.pane.keepUp(nowMs - front.contentStartMs);
    } catch (error) {
      this.#breakFront(front, asPaneFailure(error));
    }
  }

  /** Tells that what it shows left the glass at `atMs`. */
  tellGone(atMs: number): void {
    if (this.onGlass !== undefined) this.#reports.gone(this.onGlass.slotId, atMs);
  }

  /** Whether a web page lives on in it, off the glass. */
  get hasParkedPages(): boolean {
    return this.#pool.hasParkedPages;
  }

  /** Shows nothing any more, until it gets slots and is opened again. Its web pages live on. */
  rest(): void {
    this.#letGo();
    this.#slots = [];
    this.#failed.clear();
    this.#isOpen = false;
    delete this.element.dataset.live;
    this.#pool.rest();
  }

  /** Takes everything off the glass. */
  clear(): void {
    this.#letGo();
    this.#pool.clear();
    this.element.remove();
  }

  #letGo(): void {
    this.#cancelWake();
    this.#coming.drop();
    this.#front = undefined;
    this.#leaving.finish();
  }

  #wakeAt(dueMs: number): void {
    this.#cancelWake();
    this.#cancelWake = callInFrame(this.#context.meter, dueMs, (glassMs) =>
      this.#decide(Math.max(glassMs, dueMs)),
    );
  }

  /** What a new plan wants on the glass now is got ready without waiting for the next frame. */
  #prepareAtOnce(nowMs: number): void {
    const { show } = decide({ slots: this.#slots, nowMs, showing: this.#front, failed: this.#failed });
    if (show === undefined) return;
    if (this.#front !== undefined && canContinue(this.#front, show.content)) return;
    this.#prepare(show.content, nowMs);
  }

  #decide(nowMs: number): void {
    const decision = decide({
      slots: this.#slots,
      nowMs,
      showing: this.#front,
      failed: this.#failed,
    });
    this.#tellUnseen(decision.show?.content ?? decision.prepare, nowMs);
    if (decision.wakeAtMs !== undefined) this.#wakeAt(decision.wakeAtMs);
    const { show, prepare = show?.content } = decision;
    if (show !== undefined && this.#isOpen) this.#show(show.slot, show.content, nowMs);
    else if (prepare !== undefined) this.#prepare(prepare, nowMs);
    else this.#coming.drop();
    this.#planRetry(nowMs);
    if (!this.#isOpen) this.#context.onReadiness(nowMs);
  }

  #show(slot: StageSlot, content: StageSlot, nowMs: number): void {
    const front = this.#front;
    const standInSlotId = content === slot ? null : content.slotId;
    const contentStartMs = content === slot ? slot.startsAtMs : nowMs;

    if (front !== undefined && canContinue(front, content)) {
      this.#front = { ...front, content, slotId: slot.slotId, standInSlotId };
      this.#tellShown(slot, standInSlotId);
      return;
    }
    this.#prepare(content, nowMs);
    const pane = this.#coming.take()?.pane;
    if (pane === undefined) return;
    const formerSlotId = this.onGlass?.slotId;
    this.#front = { pane, content, contentStartMs, slotId: slot.slotId, standInSlotId, isSound: true };
    pane.onBroken = (failure) => {
      if (this.#front?.pane === pane) this.#breakFront(this.#front, failure);
    };
    place(pane, "front");
    pane.start(Math.max(0, nowMs - contentStartMs));
    if (front !== undefined)
      this.#leaving.begin(front.pane, pane, content === slot ? fadeMsAt(slot, nowMs) : undefined);
    this.element.dataset.live = "";
    if (pane.kind === "none") {
      this.#tellEmpty(formerSlotId);
      return;
    }
    this.#context.onShow();
    this.#tellShown(slot, standInSlotId);
  }

  #tellEmpty(formerSlotId: string | undefined): void {
    requestAnimationFrame((timestampMs) => {
      const { clock, meter } = this.#context;
      if (formerSlotId !== undefined) this.#reports.gone(formerSlotId, clock.at(timestampMs));
      this.#leaving.finishCut();
      this.#wakeAt(meter.glassNow());
    });
  }

  /** Tells of the frame after this one: by then this one has been painted. */
  #tellShown(slot: StageSlot, standInSlotId: string | null): void {
    requestAnimationFrame((timestampMs) => {
      if (this.#front === undefined) return;
      const { clock, meter } = this.#context;
      this.#reports.shown(slot, standInSlotId, clock.at(timestampMs));
      this.#leaving.finishCut();
      this.#wakeAt(meter.glassNow());
    });
  }

  #prepare(content: StageSlot, nowMs: number): void {
    if (this.#front !== undefined && canContinue(this.#front, content)) {
      this.#coming.drop();
      return;
    }
    const coming = this.#coming.current;
    if (coming !== undefined && canServe(coming, content, nowMs)) {
      coming.content = content;
      return;
    }
    // A page that is only just fading out may be wanted again, and there is one pane for it.
    if (content.item.kind === "web" && this.#leaving.has("web")) this.#leaving.finish();
    this.#coming.begin(content);
  }

  #breakFront(front: Front, failure: PaneFailure): void {
    this.#front = { ...front, isSound: false };
    if (failure.reason === "crash") {
      place(front.pane, "parked");
      this.#context.onDark();
    }
    this.#fail(front.content.slotId, failure);
  }

  #fail(slotId: string, failure: PaneFailure): void {
    this.#failed.add(slotId);
    this.#reports.failed(slotId, failure);
    this.#wakeAt(this.#context.meter.glassNow());
  }

  /**
   * A slot whose whole time passed while it was getting ready has failed, though nothing said so; unless what
   * is wanted now is the same, which then only takes longer.
   */
  #tellUnseen(wanted: StageSlot | undefined, nowMs: number): void {
    const coming = this.#coming.current;
    if (coming === undefined || coming.isReady || nowMs < coming.content.endsAtMs) return;
    if (wanted !== undefined && canServe(coming, wanted, nowMs)) return;
    this.#coming.drop();
    if (performance.now() - coming.sinceMs < FAIR_CHANCE_MS) return;
    this.#fail(coming.content.slotId, new PaneFailure("timeout", "It was not ready in all of its time"));
  }

  #planRetry(nowMs: number): void {
    const current = this.#slots.find((slot) => slot.startsAtMs <= nowMs && nowMs < slot.endsAtMs);
    const isStuck =
      current !== undefined &&
      this.#failed.has(current.slotId) &&
      this.#coming.current === undefined &&
      (isFromElsewhere(current) || !(this.#front?.slotId === current.slotId && this.#front.isSound));
    if (!isStuck) this.#retryAtMs = undefined;
    else this.#retryAtMs ??= nowMs + RETRY_MS;
  }
}
