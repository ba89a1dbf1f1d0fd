import type { Activity, Span } from "./activity.ts";
import type { ContentLoop, Turn } from "./content-loop.ts";
import { type Eligibility, type EligibleSet, lastNotAfter } from "./eligibility.ts";

/** Why something has the screen. */
export type SlotReason =
  | "override"
  | "interrupt"
  | "entry"
  | "screen_playlist"
  | "organization_default"
  | "zone_playlist";

/** Something that may have a track for stretches of time. */
export interface Contender {
  readonly entryId: string;
  readonly activity: Activity;
  readonly priority: number;
  /** Its place among all entries by (createdAt, id). */
  readonly rank: number;
  readonly startsExactly: boolean;
  /** Of an interrupt: its part of the airtime in thousandths, a whole number. */
  readonly share: number;
  isOn(set: EligibleSet): boolean;
  makeLoop(): ContentLoop | undefined;
}

/** What plays when no entry does: the first of these that can. */
export interface Fallback {
  readonly reason: SlotReason;
  readonly playlistId: string;
  makeLoop(): ContentLoop | undefined;
}

/** All that competes for one track: a whole screen, or one zone of a layout. */
export interface Contest {
  overrides: readonly Contender[];
  normals: readonly Contender[];
  interrupts: readonly Contender[];
  fallbacks: readonly Fallback[];
  eligibility: Eligibility;
  /** What is left of an item at a soft boundary may play on if it is at most this. */
  graceMs: number;
}

/** One turn on a track, half-open. */
export type TrackSlot = Span & { turn: Turn; reason: SlotReason; entryId: string | null; isWhole: boolean };

const WHOLE = 1000;

/** Who has the track between two boundaries. */
type Reign = {
  set: EligibleSet;
  override: Contender | undefined;
  /** Normal entries of the highest priority that can play, by rank. */
  group: readonly Contender[];
  fallback: Fallback | undefined;
  interrupts: readonly Contender[];
  /** Contenders that begin exactly here and have a part in this reign. */
  exactKeys: ReadonlySet<string>;
};

/** Who the turn on the glass belongs to. */
type Source = { key: string; reason: SlotReason; contender: Contender | undefined };

/** The slots of a track within a range, in order; where nothing can play there is none. */
export function runTrack(contest: Contest, range: Span): TrackSlot[] {
  const reigns = makeReigns(contest, range);
  const loops = new Map<string, ContentLoop | undefined>();
  const lastRanks = new Map<number, number>();
  /** What each interrupt is owed, in thousandths of milliseconds: whole numbers, so that every machine agrees. */
  const owed = new Map<string, number>();
  const slots: TrackSlot[] = [];

  const takeFrom = (source: Source, makeLoop: () => ContentLoop | undefined, set: EligibleSet) => {
    if (!loops.has(source.key)) loops.set(source.key, makeLoop());
    const turn = loops.get(source.key)?.take(set);
    return turn && { source, turn };
  };
  const takeContender = (contender: Contender, reason: SlotReason, set: EligibleSet) =>
    takeFrom({ key: keyOf(contender), reason, contender }, contender.makeLoop, set);

  const takeBase = ({ group, fallback, set }: Reign) => {
    if (group.length > 0) {
      const priority = group[0]?.priority ?? 0;
      const last = lastRanks.get(priority) ?? -1;
      const next = group.find(({ rank }) => rank > last) ?? group[0];
      if (!next) return undefined;
      lastRanks.set(priority, next.rank);
      return takeContender(next, "entry", set);
    }
    if (!fallback) return undefined;
    const source = { key: fallback.playlistId, reason: fallback.reason, contender: undefined };
    return takeFrom(source, fallback.makeLoop, set);
  };

  /** The interrupt that is furthest behind its share of the time since it became active; in an empty place, any. */
  const findDueInterrupt = ({ interrupts, group, fallback }: Reign): Contender | undefined => {
    const isAlone = group.length === 0 && !fallback;
    let due: Contender | undefined;
    let most = isAlone ? Number.NEGATIVE_INFINITY : 0;
    for (const one of interrupts) {
      const debt = owed.get(keyOf(one)) ?? 0;
      if (debt > most) {
        due = one;
        most = debt;
      }
    }
    return due;
  };

  const take = (reign: Reign) => {
    if (reign.override) return takeContender(reign.override, "override", reign.set);
    const due = findDueInterrupt(reign);
    return due ? takeContender(due, "interrupt", reign.set) : takeBase(reign);
  };

  /** Counts what interrupts were owed and given while `[startMs, endMs)` was played. */
  const account = (startMs: number, endMs: number, source: Source | undefined) => {
    if (contest.interrupts.length === 0 || source?.reason === "override") return;
    for (const { reign, ...span } of reigns.between(startMs, endMs)) {
      const lengthMs = Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs);
      const total = reign.interrupts.reduce((sum, { share }) => sum + share, 0);
      for (const one of reign.interrupts) {
        const key = keyOf(one);
        const share = total > WHOLE ? Math.floor((one.share * WHOLE) / total) : one.share;
        const given = source?.key === key ? WHOLE : 0;
        owed.set(key, (owed.get(key) ?? 0) + lengthMs * (share - given));
      }
    }
  };

  for (let nowMs = range.startMs; nowMs < range.endMs; ) {
    const reign = reigns.at(nowMs);
    const taken = take(reign);
    if (!taken) {
      const nextMs = reigns.nextBoundary(nowMs);
      account(nowMs, nextMs, undefined);
      nowMs = nextMs;
      continue;
    }
    const { source, turn } = taken;
    const naturalEndMs = nowMs + turn.durationMs;
    const endMs = endOf(reigns, range, source, turn, nowMs, naturalEndMs, contest.graceMs);
    const last = slots.at(-1);
    if (last && isContinued(last, turn, source, nowMs)) {
      last.endMs = endMs;
      last.isWhole = endMs === naturalEndMs;
    } else {
      const { reason, contender } = source;
      const isWhole = endMs === naturalEndMs;
      slots.push({ startMs: nowMs, endMs, turn, reason, entryId: contender?.entryId ?? null, isWhole });
    }
    account(nowMs, endMs, source);
    nowMs = endMs;
  }
  return slots;
}

/** Where a turn ends: at its natural end, or at the first boundary before that cuts it. */
function endOf(
  reigns: Reigns,
  range: Span,
  source: Source,
  turn: Turn,
  startMs: number,
  naturalEndMs: number,
  graceMs: number,
): number {
  const lastMs = Math.min(naturalEndMs, range.endMs);
  let isInGrace = false;
  for (let edgeMs = reigns.nextBoundary(startMs); edgeMs < lastMs; edgeMs = reigns.nextBoundary(edgeMs)) {
    const before = reigns.before(edgeMs);
    const reign = reigns.at(edgeMs);
    const isOverrideChanged = keyOf(before.override) !== keyOf(reign.override);
    const isExact = [...reign.exactKeys].some((key) => key !== source.key);
    const isAssetOver = turn.kind === "asset" && !reign.set.isAssetOn(turn.asset);
    if (isOverrideChanged || isExact || isAssetOver) return edgeMs;
    if (isInGrace || isStillOn(reign, source, turn)) continue;
    if (naturalEndMs - edgeMs > graceMs) return edgeMs;
    isInGrace = true;
  }
  return lastMs;
}

/** Whether what is on the glass is still a part of what has the track. */
function isStillOn(reign: Reign, { key, reason }: Source, turn: Turn): boolean {
  if (turn.kind === "asset" && turn.item !== null && !reign.set.isItemOn(turn.item)) return false;
  if (reason === "override") return keyOf(reign.override) === key;
  if (reign.override) return false;
  if (reason === "interrupt") return reign.interrupts.some((one) => keyOf(one) === key);
  if (reason === "entry") return reign.group.some((one) => keyOf(one) === key);
  return reign.group.length === 0 && reign.fallback?.playlistId === key && reign.fallback.reason === reason;
}

/** Showings of a layout that follow each other directly are one slot. */
function isContinued(last: TrackSlot, turn: Turn, { contender, reason }: Source, nowMs: number): boolean {
  return (
    last.turn.kind === "layout" &&
    turn.kind === "layout" &&
    last.endMs === nowMs &&
    last.isWhole &&
    last.reason === reason &&
    last.entryId === (contender?.entryId ?? null)
  );
}

function keyOf(contender: Contender): string;
function keyOf(contender: Contender | undefined): string | undefined;
function keyOf(contender: Contender | undefined): string | undefined {
  return contender && `${contender.entryId} ${contender.activity.occurrenceMs}`;
}

/** The reigns of a range, worked out in order as they are asked for. */
interface Reigns {
  at(instantMs: number): Reign;
  /** The reign that ends at a boundary. */
  before(boundaryMs: number): Reign;
  between(startMs: number, endMs: number): Iterable<Span & { reign: Reign }>;
  /** The first boundary after an instant; the end of the range after the last. */
  nextBoundary(instantMs: number): number;
}

function makeReigns(contest: Contest, range: Span): Reigns {
  const contenders = [...contest.overrides, ...contest.normals, ...contest.interrupts];
  const edges = new Set([range.startMs, ...contest.eligibility.boundariesMs]);
  for (const { activity } of contenders) {
    if (activity.startMs > range.startMs && activity.startMs < range.endMs) edges.add(activity.startMs);
    if (activity.endMs > range.startMs && activity.endMs < range.endMs) edges.add(activity.endMs);
  }
  const boundaries = [...edges]
    .filter((edge) => edge >= range.startMs && edge < range.endMs)
    .sort((one, other) => one - other);
  const overrides = new ActiveList(contest.overrides, byNewest);
  const normals = new ActiveList(contest.normals, byPriority);
  const interrupts = new ActiveList(contest.interrupts, byRank);
  const reigns: Reign[] = [];

  const reignAt = (place: number): Reign => {
    while (reigns.length <= place) {
      const atMs = boundaries[reigns.length] ?? range.startMs;
      reigns.push(
        reignOf(contest, atMs, {
          overrides: overrides.at(atMs),
          normals: normals.at(atMs),
          interrupts: interrupts.at(atMs),
        }),
      );
    }
    const reign = reigns[place];
    if (!reign) throw new RangeError("An instant outside of the range");
    return reign;
  };
  const placeAt = (instantMs: number) => lastNotAfter(boundaries, instantMs);
  return {
    at: (instantMs) => reignAt(placeAt(instantMs)),
    before: (boundaryMs) => reignAt(placeAt(boundaryMs) - 1),
    nextBoundary: (instantMs) => boundaries[placeAt(instantMs) + 1] ?? range.endMs,
    *between(startMs, endMs) {
      for (let place = placeAt(startMs); ; place += 1) {
        const fromMs = boundaries[place];
        if (fromMs === undefined || fromMs >= endMs) return;
        yield { startMs: fromMs, endMs: boundaries[place + 1] ?? range.endMs, reign: reignAt(place) };
      }
    },
  };
}

function reignOf(
  { eligibility, fallbacks }: Contest,
  atMs: number,
  active: Record<"overrides" | "normals" | "interrupts", readonly Contender[]>,
): Reign {
  const set = eligibility.at(atMs);
  const isOn = (one: Contender) => one.isOn(set);
  const override = active.overrides.find(isOn);
  const group: Contender[] = [];
  for (const one of active.normals) {
    const first = group[0];
    if (first && one.priority < first.priority) break;
    if (isOn(one)) group.push(one);
  }
  const fallback = fallbacks.find(({ playlistId }) => set.isPlaylistOn(playlistId));
  const interrupts = active.interrupts.filter(isOn);
  const playing = override ? [override] : [...group, ...interrupts];
  const exact = playing.filter((one) => one.startsExactly && one.activity.startMs === atMs);
  return { set, override, group, fallback, interrupts, exactKeys: new Set(exact.map((one) => keyOf(one))) };
}

type Order = (one: Contender, other: Contender) => number;
const byNewest: Order = (one, other) => other.priority - one.priority || other.rank - one.rank;
const byPriority: Order = (one, other) => other.priority - one.priority || one.rank - other.rank;
const byRank: Order = (one, other) => one.rank - other.rank;

/** Those of a list that are active, in an order, for instants that only grow. */
class ActiveList {
  readonly #waiting: Contender[];
  readonly #order: Order;
  #active: Contender[] = [];
  #next = 0;

  constructor(all: readonly Contender[], order: Order) {
    this.#waiting = all.toSorted((one, other) => one.activity.startMs - other.activity.startMs);
    this.#order = order;
  }

  at(instantMs: number): readonly Contender[] {
    const begun: Contender[] = [];
    for (let one = this.#waiting[this.#next]; one && one.activity.startMs <= instantMs; ) {
      begun.push(one);
      this.#next += 1;
      one = this.#waiting[this.#next];
    }
    const isOver = this.#active.some(({ activity }) => activity.endMs <= instantMs);
    if (begun.length === 0 && !isOver) return this.#active;
    this.#active = [...this.#active, ...begun].filter(({ activity }) => activity.endMs > instantMs);
    if (begun.length > 0) this.#active.sort(this.#order);
    return this.#active;
  }
}
