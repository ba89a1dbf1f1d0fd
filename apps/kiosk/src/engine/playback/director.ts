import type { Manifest, ManifestAsset } from "@vitrine/core/model/manifest";
import type { FailedMessage, GoneMessage, PlanMessage, ShownMessage } from "../../shared/messages.ts";
import type { ServerClock } from "../link/server-clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import type { Log } from "../platform/log.ts";
import type { Cache } from "../sync/cache.ts";
import { type Act, actsFrom, trackFrom } from "./acts.ts";
import { createKeptCheck } from "./kept.ts";
import type { PlannedSlot, ZonePlan } from "./plan.ts";
import { createSetAside } from "./set-aside.ts";
import { isSamePlan, type PlannedAct, toPlanMessage } from "./stage-plan.ts";
import type { Timelines } from "./timelines.ts";
import { createVerifyAhead } from "./verify-ahead.ts";
import { ZoneDirector } from "./zone-director.ts";

/** A showing that the stage confirmed: whose time it is, and what fills it. */
export interface ConfirmedShowing {
  planned: PlannedSlot;
  content: PlannedSlot;
  isMainZone: boolean;
  atMs: number;
}

export interface DirectorDeps {
  clock: Clock;
  serverClock: ServerClock;
  timelines: Timelines;
  cache: Cache;
  faults: Faults;
  log: Log;
  /** Whether an asset is left out for now, if it runs foreign code and there is anything else. */
  isSuspect(assetId: string): boolean;
  /** The plan, or what is shown instead, is another one now. */
  onScene(scene: DirectorScene): void;
  onShowing(showing: ConfirmedShowing): void;
}

/** `waiting`: there is a schedule, and nothing of it can be shown yet. */
export type DirectorScene = { kind: "plan"; plan: PlanMessage } | { kind: "idle" } | { kind: "waiting" };

/** Decides what the stage shows. Holds no picture itself: it plans, and believes only what the stage confirms. */
export interface Director extends Disposable {
  /** Plays this manifest: at the end of the item on the glass, or at once when that item went or changed. */
  setManifest(manifest: Manifest): void;
  /** Begins to plan; does nothing before. */
  start(): void;
  stop(): void;
  /**
   * Shows the neighbour of what is on the glass until the slot of now ends, another manifest comes, or an override;
   * the schedule stays as it is. Throws an `Error` that says why it cannot.
   */
  look(direction: 1 | -1): void;
  /** Plans anew: a file came or went, or time jumped. */
  replan(): void;
  onShown(message: ShownMessage): void;
  onGone(message: GoneMessage): void;
  onFailed(message: FailedMessage): void;
  /** The stage is empty: nothing is on the glass. */
  onStageEmpty(): void;
  findScene(): DirectorScene | undefined;
}

/** How long an empty glass waits for the right content to be hashed before it takes the next best. */
const FIRST_VERIFY_MS = 300;
const REMEMBERED_SLOTS = 2000;
/** Where nothing is to be shown for longer than this, the screen is idle; what comes then is prepared this long ahead. */
const GAP_AHEAD_MS = 10_000;
/** How far the stage's clock, which is put right by each plan only, may be ahead. */
const AHEAD_MS = 50;
/** Work that can wait is done when nothing changes for this long. */
const QUIET_MS = 250;

interface Remembered {
  planned: PlannedSlot;
  act: Act;
}

/** The director of one stage. */
export function createDirector(deps: DirectorDeps): Director {
  const { clock, serverClock, cache, faults, log, timelines } = deps;
  let manifest: Manifest | undefined;
  let assets: ReadonlyMap<string, ManifestAsset> = new Map();
  let fades: ReadonlyMap<string, number> = new Map();
  let isRunning = false;
  let zones: ZoneDirector[] = [];
  /** The act that has the glass, as it was planned last. */
  let actOnGlass: Act | undefined;
  let scene: DirectorScene | undefined;
  let timer: Disposable | undefined;
  let emptySinceMs = clock.monotonicMs();
  const remembered = new Map<string, Remembered>();
  const setAside = createSetAside({ clock, log, faults });

  const isShowable = (asset: ManifestAsset) =>
    !setAside.has(asset) &&
    (asset.file === null ? asset.url !== null && !isHeldBack(asset) : cache.isVerified(asset.file));
  /** After crash on crash with it on the glass, what runs foreign code waits, if anything else can be shown. */
  const isHeldBack = ({ id }: ManifestAsset) =>
    deps.isSuspect(id) && [...assets.values()].some(({ file }) => file !== null && cache.isVerified(file));
  const findZone = (at: { actId: string; zoneId: string }) =>
    zones.find(({ actId, zoneId }) => actId === at.actId && zoneId === at.zoneId);
  const zoneOf = (at: { actId: string; zoneId: string }, joinsAtMs: number) => {
    const zone = findZone(at) ?? new ZoneDirector(at, joinsAtMs);
    if (!zones.includes(zone)) zones.push(zone);
    return zone;
  };
  const isAnythingOnGlass = () => zones.some(({ onGlass }) => onGlass !== undefined);
  /** Until then the act on the glass stays, whatever the manifest says: its main zone's item may end. */
  const heldUntilMs = (nowMs: number) => {
    const main = actOnGlass && findZone({ actId: actOnGlass.actId, zoneId: actOnGlass.mainZoneId });
    return main?.findHoldover(nowMs)?.endMs ?? 0;
  };

  /** What the stage shows has begun, though its clock may be a little ahead: its slot is not told as one to come. */
  const plannedFromMs = () => {
    const nowMs = serverClock.nowMs();
    const begunMs = Math.max(nowMs, ...zones.map(({ onGlass }) => onGlass?.startMs ?? 0));
    return begunMs - nowMs <= AHEAD_MS ? begunMs : nowMs;
  };

  const plan = () => {
    if (!isRunning || !manifest) return;
    const nowMs = plannedFromMs();
    const acts = upcoming(manifest, nowMs);
    const planned = acts.map((act) => planAct(act, nowMs));
    const [first] = acts;
    const hasShowings = planned.some(({ zones }) => zones.some(({ showings }) => showings.length > 0));
    if (!first || first.startMs > nowMs + GAP_AHEAD_MS) setScene({ kind: "idle" }, []);
    else if (!hasShowings && !isAnythingOnGlass()) setScene({ kind: "waiting" }, []);
    else if (hasShowings && !isWorthWaiting(manifest, first, nowMs)) {
      setScene({ kind: "plan", plan: toPlanMessage(planned, serverClock.offsetMs(), fades) }, planned);
    }
    if (actOnGlass?.actId === first?.actId) actOnGlass = first;
    verifyNext(manifest, acts, nowMs);
    const nextMs = nextEdgeMs(planned, nowMs);
    wakeIn(nextMs === undefined ? 1000 : Math.min(10_000, Math.max(50, nextMs - nowMs + 20)), nowMs);
    if (nextMs === undefined || nextMs > nowMs + QUIET_MS) timelines.prepareTomorrow(manifest, nowMs);
  };

  /** What comes from now on: the act on the glass first, for as long as it is held. */
  const upcoming = (from: Manifest, nowMs: number): Act[] => {
    const heldMs = heldUntilMs(nowMs);
    const acts = actsFrom(timelines, from, Math.max(0, Math.floor(nowMs), heldMs));
    const [first, ...rest] = acts;
    if (heldMs === 0 || !actOnGlass) return acts;
    if (first?.actId === actOnGlass.actId)
      return [{ ...first, startMs: Math.min(first.startMs, actOnGlass.startMs) }, ...rest];
    const held = { ...actOnGlass, endMs: heldMs };
    return first ? [held, { ...first, startMs: Math.max(first.startMs, heldMs) }, ...rest] : [held];
  };

  const planAct = (act: Act, nowMs: number): PlannedAct => ({
    act,
    zones: act.zones.map(({ zoneId }) => {
      const at = { actId: act.actId, zoneId };
      const zone = zoneOf(at, act.actId === actOnGlass?.actId ? 0 : heldUntilMs(nowMs));
      return manifest ? zone.plan({ timelines, manifest, assets, act, nowMs, isShowable }) : NOTHING;
    }),
  });

  /** On an empty glass, the content that belongs there gets a moment to be hashed before another takes its slot. */
  const isWorthWaiting = (from: Manifest, act: Act, nowMs: number): boolean => {
    if (isAnythingOnGlass()) return false;
    const fromMs = Math.max(0, Math.floor(nowMs));
    const main = { actId: act.actId, zoneId: act.mainZoneId, untilMs: act.endMs };
    const [slot] = trackFrom(timelines, from, main, fromMs).slots;
    const file = slot && assets.get(slot.assetId)?.file;
    if (!file || cache.isVerified(file) || !cache.has(file)) return false;
    const leftMs = emptySinceMs + FIRST_VERIFY_MS - clock.monotonicMs();
    if (leftMs <= 0) return false;
    wakeIn(leftMs, nowMs);
    return true;
  };

  const setScene = (next: DirectorScene, planned: readonly PlannedAct[]) => {
    for (const { act, zones } of planned) {
      for (const one of zones.flatMap(({ showings }) => showings)) {
        remembered.delete(one.slotId);
        remembered.set(one.slotId, { planned: one, act });
      }
    }
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED_SLOTS) break;
      remembered.delete(oldest);
    }
    const isSame =
      scene?.kind === next.kind &&
      (scene.kind !== "plan" || next.kind !== "plan" || isSamePlan(scene.plan, next.plan));
    scene = next;
    if (!isSame) deps.onScene(next);
  };

  /** A file that proves damaged is replaced in the plan. */
  const verify = createVerifyAhead({ cache, log, onNews: () => plan() });
  const verifyNext = (from: Manifest, acts: readonly Act[], nowMs: number) => {
    for (const act of acts.slice(0, 2)) {
      for (const { zoneId } of act.zones) {
        const zone = { actId: act.actId, zoneId, untilMs: act.endMs };
        const fromMs = Math.max(0, Math.floor(nowMs), act.startMs);
        verify.look(trackFrom(timelines, from, zone, fromMs).slots, assets);
      }
    }
  };

  let wakeAtMs = Number.POSITIVE_INFINITY;
  const wakeIn = (delayMs: number, nowMs: number) => {
    if (timer && wakeAtMs > nowMs && wakeAtMs <= nowMs + delayMs) return;
    timer?.[Symbol.dispose]();
    wakeAtMs = nowMs + delayMs;
    timer = clock.after(delayMs, () => {
      timer = undefined;
      plan();
    });
  };

  const forgetGlass = () => {
    zones = [];
    actOnGlass = undefined;
  };

  return {
    setManifest(next) {
      const nowMs = serverClock.nowMs();
      zones = zones.filter(({ onGlass }) => onGlass !== undefined);
      if (manifest && isRunning) {
        const isKept = createKeptCheck(manifest, next, nowMs);
        for (const zone of zones) zone.takeManifest(next, isKept, timelines);
        const heldMs = heldUntilMs(nowMs);
        const [after] = actsFrom(timelines, next, Math.max(0, Math.floor(nowMs), heldMs));
        if (after?.actId !== actOnGlass?.actId) for (const zone of zones) zone.holdUntil(heldMs);
      }
      manifest = next;
      assets = new Map(next.assets.map((asset) => [asset.id, asset]));
      fades = new Map(next.playlists.flatMap(({ id, fadeMs }) => (fadeMs ? [[id, fadeMs] as const] : [])));
      setAside.keepOnly(next.assets);
      plan();
    },
    start() {
      if (isRunning) return;
      isRunning = true;
      emptySinceMs = clock.monotonicMs();
      plan();
    },
    stop() {
      isRunning = false;
      verify.stop();
      timer?.[Symbol.dispose]();
      timer = undefined;
      scene = undefined;
      forgetGlass();
      remembered.clear();
      setAside.clear();
    },
    look(direction) {
      const act = actOnGlass;
      const zone = act && findZone({ actId: act.actId, zoneId: act.mainZoneId });
      if (!manifest || !zone?.onGlass) throw new Error("Nothing of a schedule is on the glass");
      const nowMs = serverClock.nowMs();
      zone.look({ timelines, manifest, assets, nowMs, isShowable }, act?.endMs ?? nowMs, direction);
      plan();
    },
    replan: plan,
    onShown({ slotId, standInSlotId, atMs, lateMs }) {
      const known = remembered.get(slotId);
      const content = standInSlotId === null ? known?.planned : remembered.get(standInSlotId)?.planned;
      if (!known || !content) return log.warn("shown_unknown", { slotId, standInSlotId });
      const { planned, act } = known;
      const { actId, zoneId } = planned;
      if (actOnGlass?.actId !== actId) zones = zones.filter((zone) => zone.actId === actId || !zone.onGlass);
      actOnGlass = act;
      zoneOf(planned, 0).onShown(planned);
      if (standInSlotId === null) setAside.onShown(content.asset);
      log.info("shown", {
        ...{ slotId, zoneId, assetId: content.asset.id, atMs, lateMs },
        ...{ isStandIn: standInSlotId !== null, isSubstitute: content.isSubstitute },
        clockOffsetMs: serverClock.offsetMs(),
      });
      deps.onShowing({ planned, content, isMainZone: zoneId === act.mainZoneId, atMs });
      plan();
    },
    onGone({ slotId }) {
      const known = remembered.get(slotId);
      const zone = known && findZone(known.planned);
      if (zone?.onGlass?.slotId === slotId) zone.onGlass = undefined;
    },
    onFailed({ slotId, reason, text }) {
      const asset = remembered.get(slotId)?.planned.asset;
      if (!asset) return;
      log.warn("content_failed", { assetId: asset.id, slotId, reason, text });
      setAside.onFailed(asset, reason);
      plan();
    },
    onStageEmpty() {
      forgetGlass();
      emptySinceMs = clock.monotonicMs();
      plan();
    },
    findScene: () => scene,
    [Symbol.dispose]() {
      this.stop();
    },
  };
}

const NOTHING: ZonePlan = { showings: [], gaps: [] };

function nextEdgeMs(planned: readonly PlannedAct[], nowMs: number): number | undefined {
  let next: number | undefined;
  for (const { showings, gaps } of planned.flatMap(({ zones }) => zones)) {
    for (const edgeMs of [...showings, ...gaps].flatMap(({ startMs, endMs }) => [startMs, endMs])) {
      if (edgeMs > nowMs && (next === undefined || edgeMs < next)) next = edgeMs;
    }
  }
  return next;
}
