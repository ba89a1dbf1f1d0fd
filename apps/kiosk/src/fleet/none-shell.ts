import type { Clock } from "../engine/platform/clock.ts";
import type { StageSlot, ToStage } from "../shared/messages.ts";
import { MAIN_ZONE, STAGE_PROTOCOL } from "../shared/messages.ts";
import type { Shell, ShellEvents, ShellOptions } from "../shared/shell.ts";

const PULSE_MS = 4000;
const OTHER_SCENES = ["splash", "pairing", "claimed", "idle"] as const;

/**
 * A shell without a glass, for load and demos: it confirms each slot at its planned time after the file behind
 * it was found fit, and draws nothing. It says so: its kind is `none`, and there is no picture to capture.
 */
export function createNoneShell(clock: Clock): Shell {
  let options: ShellOptions | undefined;
  let events: ShellEvents | undefined;
  let slots: readonly StageSlot[] = [];
  let clockOffsetMs = 0;
  let scene: "none" | "splash" | "pairing" | "claimed" | "idle" | "plan" = "none";
  let onGlass: string | undefined;
  let timer: Disposable | undefined;
  let pulseTimer: Disposable | undefined;

  const serverNowMs = () => clock.wallMs() + clockOffsetMs;

  const showDue = () => {
    timer?.[Symbol.dispose]();
    timer = undefined;
    const nowMs = serverNowMs();
    const current = slots.find((slot) => slot.startsAtMs <= nowMs && nowMs < slot.endsAtMs);
    if (current && current.slotId !== onGlass) void show(current);
    const next = slots.find((slot) => slot.startsAtMs > nowMs);
    if (next) timer = clock.after(next.startsAtMs - nowMs, showDue);
  };

  const show = async (slot: StageSlot) => {
    onGlass = slot.slotId;
    const sha256 = slot.item.kind === "web" ? undefined : slot.item.src.split("/").at(-1);
    const isFit = sha256 === undefined || (await options?.media.findMedia(sha256)) !== undefined;
    if (onGlass !== slot.slotId) return;
    if (!isFit) {
      const failed = { kind: "failed", zoneId: MAIN_ZONE, slotId: slot.slotId, reason: "load" } as const;
      events?.onMessage({ ...failed, text: "The file is not there" });
      return;
    }
    const atMs = serverNowMs();
    events?.onMessage({
      kind: "shown",
      zoneId: MAIN_ZONE,
      slotId: slot.slotId,
      standInSlotId: null,
      atMs,
      lateMs: atMs - slot.startsAtMs,
    });
  };

  const pulse = () => {
    pulseTimer = clock.after(PULSE_MS, pulse);
    events?.onMessage({
      kind: "pulse",
      scene,
      onGlass: onGlass === undefined ? [] : [{ zoneId: MAIN_ZONE, slotId: onGlass, standInSlotId: null }],
      frames: { painted: 0, dropped: 0, longestGapMs: 0, videoPainted: 0, videoDropped: 0 },
      heapBytes: null,
    });
  };

  const load = () => {
    pulseTimer?.[Symbol.dispose]();
    slots = [];
    onGlass = undefined;
    scene = "none";
    events?.onMessage({ kind: "ready", protocol: STAGE_PROTOCOL, widthPixels: 0, heightPixels: 0 });
    pulse();
  };

  return {
    kind: "none",
    async open(given, listeners) {
      options = given;
      events = listeners;
      load();
    },
    send(message: ToStage) {
      if (message.kind === "plan") {
        scene = "plan";
        slots = message.zones[0]?.slots ?? [];
        clockOffsetMs = message.clockOffsetMs;
        return showDue();
      }
      const next = OTHER_SCENES.find((kind) => kind === message.kind);
      if (!next) return;
      slots = [];
      onGlass = undefined;
      timer?.[Symbol.dispose]();
      if (scene === next) return;
      scene = next;
      events?.onMessage({ kind: "scene", scene: next, atMs: serverNowMs() });
    },
    async capture() {
      throw new Error("This screen has no glass: it runs without a shell");
    },
    async reloadStage() {
      load();
    },
    async relaunch() {
      load();
    },
    async [Symbol.asyncDispose]() {
      timer?.[Symbol.dispose]();
      pulseTimer?.[Symbol.dispose]();
      events = undefined;
    },
  };
}
