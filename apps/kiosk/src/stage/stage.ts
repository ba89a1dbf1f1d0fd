import {
  type FromStage,
  type PulseMessage,
  type Scene,
  type SettingsMessage,
  type ToStage,
  toStage,
  type WebFailedMessage,
} from "../shared/messages.ts";
import { FrameMeter } from "./frames.ts";
import { Identify } from "./identify.ts";
import { PaneFailure } from "./panes/pane.ts";
import { PlanPlayer } from "./plan-player.ts";
import { drawScene } from "./scenes/draw-scene.ts";
import type { Panel } from "./scenes/panel.ts";
import { drawResting } from "./scenes/resting.ts";
import type { StageClock } from "./stage-clock.ts";
import { VetoBanner } from "./veto-banner.ts";

const FIRST_SETTINGS: SettingsMessage = { kind: "settings", rotation: 0, volumePercent: 0 };

/** The elements of the page: `glass` is turned as a whole, `canvas` holds the plan, `cover` everything else. */
export interface StagePage {
  glass: HTMLElement;
  canvas: HTMLElement;
  cover: HTMLElement;
}

/** All that is drawn: one scene at a time, the next one only once it can be painted. */
export class Stage {
  readonly #page: StagePage;
  readonly #clock: StageClock;
  readonly #send: (message: FromStage) => void;
  readonly #meter: FrameMeter;
  readonly #plan: PlanPlayer;
  readonly #identify: Identify;
  readonly #veto: VetoBanner;
  #panel: Panel | undefined;
  /** What was asked for last; becomes `#scene` when it is on the glass. */
  #wanted: PulseMessage["scene"] = "none";
  #scene: PulseMessage["scene"] = "none";

  constructor(page: StagePage, clock: StageClock, send: (message: FromStage) => void) {
    this.#page = page;
    this.#clock = clock;
    this.#send = send;
    this.#meter = new FrameMeter(clock);
    this.#identify = new Identify(page.glass);
    this.#veto = new VetoBanner(page.glass, clock, this.#refuse);
    this.#plan = new PlanPlayer(
      {
        canvas: page.canvas,
        clock,
        meter: this.#meter,
        send,
        onShow: () => this.#uncover(),
        onDark: () => this.#cover(drawResting()),
      },
      FIRST_SETTINGS,
    );
  }

  /** Takes one message as it came; what is not one is told as trouble and changes nothing. */
  receive(raw: unknown): void {
    const parsed = toStage.safeParse(raw);
    if (!parsed.success) {
      const fault = parsed.error.issues[0];
      const text = `Message not understood: ${fault?.path.join(".")}: ${fault?.message}`;
      this.#send({ kind: "trouble", text: text.slice(0, 1000) });
      return;
    }
    this.#apply(parsed.data);
  }

  /** Called in a painted frame about once a second; gives the figures since the last call. */
  pulse(): PulseMessage {
    this.#panel?.refresh();
    this.#veto.refresh();
    this.#plan.keepUp();
    const frames = this.#meter.take();
    const video = this.#plan.takeVideoFrames();
    return {
      kind: "pulse",
      scene: this.#scene,
      onGlass: this.#scene === "plan" ? this.#plan.onGlass : [],
      frames: { ...frames, videoPainted: video.painted, videoDropped: video.dropped },
      heapBytes: readHeapBytes(),
    };
  }

  #apply(message: ToStage): void {
    switch (message.kind) {
      case "settings":
        this.#applySettings(message);
        return;
      case "identify":
        this.#identify.show(message);
        return;
      case "veto":
        this.#veto.setOffer(message.offer);
        if (this.#scene === "plan") this.#veto.show();
        return;
      case "web-failed":
        this.#failWebFrame(message);
        return;
      case "plan":
        this.#wanted = "plan";
        this.#clock.sync(message.clockOffsetMs);
        this.#plan.setPlan(message);
        return;
      default:
        if ("clockOffsetMs" in message) this.#clock.sync(message.clockOffsetMs);
        this.#drawPanel(message);
    }
  }

  #applySettings(settings: SettingsMessage): void {
    this.#page.glass.dataset.rotation = String(settings.rotation);
    this.#plan.applySettings(settings);
  }

  #failWebFrame({ frameName, reason, text }: WebFailedMessage): void {
    this.#plan.failWebFrame(frameName, new PaneFailure(reason, text));
  }

  #drawPanel(scene: Exclude<Scene, { kind: "plan" }>): void {
    this.#wanted = scene.kind;
    if (!this.#panel?.update(scene)) {
      this.#cover(drawScene(scene, { clock: this.#clock, refuse: this.#refuse }));
    }
    afterPaint((timestampMs) => {
      if (this.#wanted !== scene.kind) return;
      this.#plan.clear();
      if (this.#scene === scene.kind) return;
      this.#scene = scene.kind;
      this.#send({ kind: "scene", scene: scene.kind, atMs: this.#clock.at(timestampMs) });
    });
  }

  /** The panel is drawn beneath the canvas, which then lets it through. */
  #cover(panel: Panel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#veto.hide();
    this.#page.cover.replaceChildren(panel.element);
    delete this.#page.glass.dataset.plays;
  }

  readonly #refuse = (): void => this.#send({ kind: "refused" });

  #uncover(): void {
    if (this.#wanted !== "plan") return;
    this.#scene = "plan";
    this.#page.glass.dataset.plays = "";
    this.#veto.show();
    if (this.#panel === undefined && this.#page.cover.childElementCount === 0) return;
    this.#panel?.dispose();
    this.#panel = undefined;
    // In this frame the canvas may still be on its way; what it covers goes with the next.
    afterPaint(() => {
      if (this.#panel === undefined) this.#page.cover.replaceChildren();
    });
  }
}

function afterPaint(callback: (timestampMs: number) => void): void {
  requestAnimationFrame(() => requestAnimationFrame(callback));
}

function readHeapBytes(): number | null {
  const memory: unknown = Reflect.get(performance, "memory");
  if (typeof memory !== "object" || memory === null) return null;
  const used: unknown = Reflect.get(memory, "usedJSHeapSize");
  return typeof used === "number" ? used : null;
}
