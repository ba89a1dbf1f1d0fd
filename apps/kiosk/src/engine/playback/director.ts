import type { Manifest, ManifestAsset, ManifestFile } from "@vitrine/core/model/manifest";
import type {
  FailedMessage,
  PlanMessage,
  ShownMessage,
  StageItem,
  StageSlot,
} from "../../shared/messages.ts";
import { MAIN_ZONE, WHOLE_CANVAS } from "../../shared/messages.ts";
import type { ServerClock } from "../link/server-clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Faults } from "../platform/faults.ts";
import { describe, type Log } from "../platform/log.ts";
import type { Cache } from "../sync/cache.ts";
import { buildPlan, contentOf, isKeptAsItWas, type PlannedSlot } from "./plan.ts";
import type { Timelines } from "./timelines.ts";

/** A showing that the stage confirmed: whose time it is, and what fills it. */
export interface ConfirmedShowing {
  planned: PlannedSlot;
  content: PlannedSlot;
  atMs: number;
}

export interface DirectorDeps {
  clock: Clock;
  serverClock: ServerClock;
  timelines: Timelines;
  cache: Cache;
  faults: Faults;
  log: Log;
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
  /** Plans anew: a file came or went, or time jumped. */
  replan(): void;
  onShown(message: ShownMessage): void;
  onFailed(message: FailedMessage): void;
  /** The stage is empty: nothing is on the glass. */
  onStageEmpty(): void;
  findScene(): DirectorScene | undefined;
}

const FAILURE_LIMIT = 3;
const WEB_ASIDE_MS = 5 * 60_000;
/** How long an empty glass waits for the right content to be hashed before it takes the next best. */
const FIRST_VERIFY_MS = 300;
const REMEMBERED_SLOTS = 200;
const LOOK_AHEAD_SLOTS = 60;
const LOOK_AHEAD_ASSETS = 4;
/** Where nothing is to be shown for longer than this, the screen is idle; what comes then is prepared this long ahead. */
const GAP_AHEAD_MS = 10_000;
/** After an edit, a slot of which less than this is left is not begun. */
const LEAST_REST_MS = 500;

/** The director of one stage. */
export function createDirector(deps: DirectorDeps): Director {
  const { clock, serverClock, cache, faults, log } = deps;
  let manifest: Manifest | undefined;
  let assets: ReadonlyMap<string, ManifestAsset> = new Map();
  let isRunning = false;
  let onGlass: PlannedSlot | undefined;
  let holdover: PlannedSlot | undefined;
  let joinsAtMs = 0;
  let scene: DirectorScene | undefined;
  let timer: Disposable | undefined;
  let stopVerifying = new AbortController();
  let emptySinceMs = clock.monotonicMs();
  const remembered = new Map<string, PlannedSlot>();
  const failures = new Map<string, { count: number; asideUntilMs: number }>();

  /** Lets what is on the glass end; what would follow for too short a moment to be seen is left out. */
  const holdOver = (planned: PlannedSlot, next: Manifest): PlannedSlot => {
    const follower = firstOf(deps.timelines, next, planned.endMs);
    const isShortRest = follower !== undefined && follower.endMs - planned.endMs < LEAST_REST_MS;
    return isShortRest ? { ...planned, endMs: follower.endMs } : planned;
  };

  const isAside = (asset: ManifestAsset) =>
    (failures.get(contentOf(asset))?.asideUntilMs ?? 0) > clock.monotonicMs();

  const isShowable = (asset: ManifestAsset) =>
    !isAside(asset) && (asset.file === null ? asset.url !== null : cache.isVerified(asset.file));

  const plan = () => {
    if (!isRunning || !manifest) return;
    const nowMs = serverClock.nowMs();
    if (holdover && holdover.endMs <= nowMs) holdover = undefined;
    const fromMs = Math.max(0, Math.floor(nowMs), holdover?.endMs ?? 0);
    const slots = deps.timelines.slotsFrom(manifest, fromMs);
    const planned = buildPlan({ slots, assets, nowMs, holdover, joinsAtMs, onGlass, isShowable });
    const firstSlot = firstOf(deps.timelines, manifest, fromMs);
    const isGap = !holdover && (!firstSlot || firstSlot.startMs > nowMs + GAP_AHEAD_MS);
    if (isGap) setScene({ kind: "idle" }, undefined);
    else if (planned.length === 0 && !onGlass) setScene({ kind: "waiting" }, undefined);
    else if (planned.length > 0 && !isWorthWaiting(firstSlot?.assetId, nowMs)) {
      setScene(toScene(planned, serverClock.offsetMs()), planned);
    }
    verifyAhead(nowMs);
    scheduleNext(planned, nowMs);
  };

  /** On an empty glass, the content that belongs there gets a moment to be hashed before another takes its slot. */
  const isWorthWaiting = (assetId: string | undefined, nowMs: number): boolean => {
    if (onGlass || holdover || assetId === undefined) return false;
    const file = assets.get(assetId)?.file;
    if (!file || cache.isVerified(file) || !cache.has(file)) return false;
    const leftMs = emptySinceMs + FIRST_VERIFY_MS - clock.monotonicMs();
    if (leftMs <= 0) return false;
    wakeIn(leftMs, nowMs);
    return true;
  };

  const setScene = (next: DirectorScene, planned: readonly PlannedSlot[] | undefined) => {
    for (const one of planned ?? []) {
      remembered.delete(one.slotId);
      remembered.set(one.slotId, one);
    }
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED_SLOTS) break;
      remembered.delete(oldest);
    }
    if (onGlass) onGlass = remembered.get(onGlass.slotId) ?? onGlass;
    const isSame = scene !== undefined && sameScene(scene, next);
    scene = next;
    if (!isSame) deps.onScene(next);
  };

  /** Hashes what comes next, ahead of time; a file that proves damaged is replaced in the plan. */
  const verifyAhead = (nowMs: number) => {
    if (!manifest) return;
    const { signal } = stopVerifying;
    const seen = new Set<string>();
    let looked = 0;
    for (const slot of deps.timelines.slotsFrom(manifest, Math.max(0, Math.floor(nowMs)))) {
      looked += 1;
      if (looked > LOOK_AHEAD_SLOTS || seen.size >= LOOK_AHEAD_ASSETS) return;
      const file = assets.get(slot.assetId)?.file;
      if (file && !seen.has(slot.assetId) && cache.has(file)) void verify(file, signal);
      seen.add(slot.assetId);
    }
  };

  const verify = async (file: ManifestFile, signal: AbortSignal) => {
    const wasVerified = cache.isVerified(file);
    try {
      const isGood = await cache.verify(file, signal);
      if (!signal.aborted && isGood !== wasVerified) plan();
    } catch (error) {
      if (!signal.aborted) log.error("verify_failed", { sha256: file.sha256, reason: describe(error) });
    }
  };

  const scheduleNext = (planned: readonly PlannedSlot[], nowMs: number) => {
    const nextMs = planned.flatMap(({ startMs, endMs }) => [startMs, endMs]).find((edgeMs) => edgeMs > nowMs);
    wakeIn(nextMs === undefined ? 1000 : Math.min(10_000, Math.max(50, nextMs - nowMs + 20)), nowMs);
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

  const setAside = (asset: ManifestAsset, reason: string) => {
    const key = contentOf(asset);
    const count = (failures.get(key)?.count ?? 0) + 1;
    const isPast = count >= FAILURE_LIMIT;
    const asideMs = asset.file ? Number.POSITIVE_INFINITY : WEB_ASIDE_MS;
    failures.set(key, { count, asideUntilMs: isPast ? clock.monotonicMs() + asideMs : 0 });
    if (!isPast) return;
    log.warn("content_set_aside", { assetId: asset.id, count, reason });
    faults.raise(
      "content_set_aside",
      `"${asset.name}" could not be shown ${count} times (${reason}) and is left out`,
      key,
    );
  };

  return {
    setManifest(next) {
      const nowMs = serverClock.nowMs();
      const isKept = manifest && onGlass && isRunning && isKeptAsItWas(onGlass, manifest, next, nowMs);
      holdover = isKept && onGlass ? holdOver(onGlass, next) : undefined;
      joinsAtMs = holdover?.endMs ?? 0;
      manifest = next;
      assets = new Map(next.assets.map((asset) => [asset.id, asset]));
      const present = new Set(next.assets.map(contentOf));
      for (const key of [...failures.keys()]) {
        if (present.has(key)) continue;
        failures.delete(key);
        faults.clear("content_set_aside", key);
      }
      plan();
    },
    start() {
      if (isRunning) return;
      isRunning = true;
      stopVerifying = new AbortController();
      emptySinceMs = clock.monotonicMs();
      plan();
    },
    stop() {
      isRunning = false;
      stopVerifying.abort(new Error("Playback stopped"));
      timer?.[Symbol.dispose]();
      timer = undefined;
      scene = undefined;
      onGlass = undefined;
      holdover = undefined;
      remembered.clear();
      failures.clear();
    },
    replan: plan,
    onShown({ slotId, standInSlotId, atMs, lateMs }) {
      const planned = remembered.get(slotId);
      const content = standInSlotId === null ? planned : remembered.get(standInSlotId);
      if (!planned || !content) return log.warn("shown_unknown", { slotId, standInSlotId });
      onGlass = planned;
      if (holdover && holdover.slotId !== planned.slotId) holdover = undefined;
      if (standInSlotId === null && failures.delete(contentOf(content.asset))) {
        faults.clear("content_set_aside", contentOf(content.asset));
      }
      log.info("shown", {
        slotId,
        assetId: content.asset.id,
        atMs,
        lateMs,
        isStandIn: standInSlotId !== null,
      });
      deps.onShowing({ planned, content, atMs });
      plan();
    },
    onFailed({ slotId, reason, text }) {
      const planned = remembered.get(slotId);
      if (!planned) return;
      log.warn("content_failed", { assetId: planned.asset.id, slotId, reason, text });
      setAside(planned.asset, reason);
      plan();
    },
    onStageEmpty() {
      onGlass = undefined;
      holdover = undefined;
      emptySinceMs = clock.monotonicMs();
      plan();
    },
    findScene: () => scene,
    [Symbol.dispose]() {
      this.stop();
    },
  };
}

function firstOf(timelines: Timelines, manifest: Manifest, nowMs: number) {
  for (const slot of timelines.slotsFrom(manifest, Math.max(0, Math.floor(nowMs)))) return slot;
  return undefined;
}

function toScene(planned: readonly PlannedSlot[], clockOffsetMs: number): DirectorScene {
  const slots = planned.map(toStageSlot);
  return {
    kind: "plan",
    plan: { kind: "plan", clockOffsetMs, zones: [{ zoneId: MAIN_ZONE, box: WHOLE_CANVAS, slots }] },
  };
}

function toStageSlot({ slotId, startMs, endMs, asset }: PlannedSlot): StageSlot {
  return {
    slotId,
    startsAtMs: startMs,
    endsAtMs: endMs,
    item: toStageItem(asset),
    transition: { kind: "cut" },
  };
}

function toStageItem({ kind, file, url, width, height, reloadSeconds }: ManifestAsset): StageItem {
  if (kind === "web" || !file) return { kind: "web", url: url ?? "", reloadSeconds };
  return { kind, src: `media/${file.sha256}`, width, height };
}

/** Whether the stage would do the same: same slots at the same times by a clock that hardly moved. */
function sameScene(one: DirectorScene, other: DirectorScene): boolean {
  if (one.kind !== "plan" || other.kind !== "plan") return one.kind === other.kind;
  if (Math.abs(one.plan.clockOffsetMs - other.plan.clockOffsetMs) > 5) return false;
  return JSON.stringify(one.plan.zones) === JSON.stringify(other.plan.zones);
}
