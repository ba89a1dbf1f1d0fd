import type { Clock } from "../engine/platform/clock.ts";
import type { PulseMessage, StageAct, StageSlot, ToStage } from "../shared/messages.ts";
import { actsOf, STAGE_PROTOCOL } from "../shared/messages.ts";
import type { Shell, ShellEvents, ShellOptions } from "../shared/shell.ts";
import { StageClock } from "../stage/stage-clock.ts";

const PULSE_MS = 4000;
const OTHER_SCENES = ["splash", "pairing", "claimed", "idle"] as const;

/**
 * A shell without a glass, for load and demos: it confirms each slot at its planned time after the file behind
 * it was found fit, and draws nothing. It says so: its kind is `none`, and there is no picture to capture.
 */
export function createNoneShell(clock: Clock): Shell {
  let options: ShellOptions | undefined;
  let events: ShellEvents | undefined;
  let acts: readonly StageAct[] = [];
  const serverClock = new StageClock(clock);
  let scene: "none" | "splash" | "pairing" | "claimed" | "idle" | "plan" = "none";
  /** What each zone was last asked to show, and what it shows. */
  const onGlass = new Map<string, { slotId: string; shownSlotId: string | undefined }>();
  let timer: Disposable | undefined;
  let pulseTimer: Disposable | undefined;

  const serverNowMs = () => serverClock.now();

  const zonesOfNow = (nowMs: number) => acts.findLast(({ startsAtMs }) => startsAtMs <= nowMs)?.zones ?? [];

  const showDue = () => {
    timer?.[Symbol.dispose]();
    timer = undefined;
    const nowMs = serverNowMs();
    const zones = zonesOfNow(nowMs);
    for (const { zoneId, slots } of zones) {
      const current = slots.find((slot) => slot.startsAtMs <= nowMs && nowMs < slot.endsAtMs);
      if (current && current.slotId !== onGlass.get(zoneId)?.slotId) void show(zoneId, current);
    }
    const starts = acts
      .flatMap((act) => act.zones)
      .flatMap(({ slots }) => slots.map((slot) => slot.startsAtMs));
    const nextMs = Math.min(...starts.filter((startMs) => startMs > nowMs));
    if (Number.isFinite(nextMs)) timer = clock.after(nextMs - nowMs, showDue);
  };

  const leave = (zoneIds: readonly string[]) => {
    for (const zoneId of zoneIds) {
      const former = onGlass.get(zoneId);
      onGlass.delete(zoneId);
      if (former?.shownSlotId === undefined) continue;
      events?.onMessage({ kind: "gone", zoneId, slotId: former.shownSlotId, atMs: serverNowMs() });
    }
  };

  const show = async (zoneId: string, slot: StageSlot) => {
    if (slot.item.kind === "none") return leave([zoneId]);
    const { slotId } = slot;
    const showing = { slotId, shownSlotId: onGlass.get(zoneId)?.shownSlotId };
    onGlass.set(zoneId, showing);
    const isFit = await isShowable(slot);
    if (onGlass.get(zoneId) !== showing) return;
    if (!isFit) {
      const text = "The file is not there";
      events?.onMessage({ kind: "failed", zoneId, slotId, reason: "load", text });
    }
    // A glass that holds a picture keeps it; an empty one takes the next that can be shown, as the real stage does.
    const standIn = isFit || showing.shownSlotId !== undefined ? undefined : await findStandIn(zoneId, slot);
    if (onGlass.get(zoneId) !== showing || (!isFit && !standIn)) return;
    showing.shownSlotId = slotId;
    const atMs = serverNowMs();
    const lateMs = atMs - slot.startsAtMs;
    const standInSlotId = standIn?.slotId ?? null;
    events?.onMessage({ kind: "shown", zoneId, slotId, standInSlotId, atMs, lateMs });
    // By the time of now: what was told may have been answered with another plan, and another time.
    const named = zonesOfNow(serverNowMs()).map((zone) => zone.zoneId);
    if (named.length > 0) leave([...onGlass.keys()].filter((id) => !named.includes(id)));
  };

  const isShowable = async ({ item }: StageSlot): Promise<boolean> => {
    if (item.kind === "web" || item.kind === "stream") return true;
    if (item.kind === "none") return false;
    return (await options?.media.findMedia(item.src.split("/").at(-1) ?? "")) !== undefined;
  };

  const findStandIn = async (zoneId: string, { startsAtMs }: StageSlot): Promise<StageSlot | undefined> => {
    const zone = zonesOfNow(startsAtMs).find((one) => one.zoneId === zoneId);
    for (const slot of zone?.slots ?? [])
      if (slot.startsAtMs > startsAtMs && (await isShowable(slot))) return slot;
    return undefined;
  };

  const told = (): PulseMessage["onGlass"] =>
    [...onGlass].flatMap(([zoneId, { shownSlotId: slotId }]) =>
      slotId === undefined ? [] : [{ zoneId, slotId, standInSlotId: null }],
    );

  const pulse = () => {
    pulseTimer = clock.after(PULSE_MS, pulse);
    events?.onMessage({
      kind: "pulse",
      scene,
      onGlass: told(),
      frames: { painted: 0, dropped: 0, longestGapMs: 0, videoPainted: 0, videoDropped: 0 },
      heapBytes: null,
    });
  };

  const load = () => {
    pulseTimer?.[Symbol.dispose]();
    acts = [];
    onGlass.clear();
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
        acts = actsOf(message);
        serverClock.sync(message.clockOffsetMs);
        return showDue();
      }
      const next = OTHER_SCENES.find((kind) => kind === message.kind);
      if (!next) return;
      acts = [];
      onGlass.clear();
      timer?.[Symbol.dispose]();
      if (scene === next) return;
      scene = next;
      events?.onMessage({ kind: "scene", scene: next, atMs: serverNowMs() });
    },
    // It draws no web content, so there is nothing to refuse.
    setPrivateHosts() {},
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
