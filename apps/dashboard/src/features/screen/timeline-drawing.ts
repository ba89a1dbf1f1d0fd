import type { DeviceTimeline } from "@vitrine/core/model/device-health";

export type Stretch = DeviceTimeline["stretches"][number];
export type TimelineStatus = Stretch["status"];
/** A piece of a drawn bar; start and length are shares of it, 0 to 1. */
export type Piece = { status: TimelineStatus; start: number; length: number };
export type Span = { fromMs: number; untilMs: number };

/** What somebody has to see however short it was: painted last. */
const ON_TOP: readonly TimelineStatus[] = ["trouble", "offline"];

/** The span that stretches cover together; undefined without any. */
export function spanOf(stretches: readonly Stretch[]): Span | undefined {
  const [first, last] = [stretches[0], stretches.at(-1)];
  return first && last ? { fromMs: Date.parse(first.from), untilMs: Date.parse(last.until) } : undefined;
}

/** The parts of stretches inside of a span, in order; what began before it did not begin for a reason within. */
export function within(stretches: readonly Stretch[], { fromMs, untilMs }: Span): Stretch[] {
  return stretches.flatMap((stretch) => {
    const from = Math.max(fromMs, Date.parse(stretch.from));
    const until = Math.min(untilMs, Date.parse(stretch.until));
    if (until <= from) return [];
    const because = Date.parse(stretch.from) < fromMs ? null : stretch.because;
    return [
      { ...stretch, from: new Date(from).toISOString(), until: new Date(until).toISOString(), because },
    ];
  });
}

/**
 * Pieces of a bar in the order of painting: the even run of things first, then trouble and losses, so that these can
 * be drawn wider than they were. Neighbours of one status are one piece.
 */
export function drawTimeline(stretches: readonly Stretch[], span: Span): Piece[] {
  const wholeMs = span.untilMs - span.fromMs;
  const pieces: Piece[] = [];
  for (const stretch of within(stretches, span)) {
    const start = (Date.parse(stretch.from) - span.fromMs) / wholeMs;
    const length = lengthOf(stretch) / wholeMs;
    const last = pieces.at(-1);
    if (last?.status === stretch.status) last.length += length;
    else pieces.push({ status: stretch.status, start, length });
  }
  const isOnTop = ({ status }: Piece) => ON_TOP.includes(status);
  return [...pieces.filter((piece) => !isOnTop(piece)), ...pieces.filter(isOnTop)];
}

/** How long each status lasted, the longest first. */
export function totalsOf(stretches: readonly Stretch[]): { status: TimelineStatus; ms: number }[] {
  const totals = new Map<TimelineStatus, number>();
  for (const stretch of stretches)
    totals.set(stretch.status, (totals.get(stretch.status) ?? 0) + lengthOf(stretch));
  return [...totals].map(([status, ms]) => ({ status, ms })).sort((a, b) => b.ms - a.ms);
}

/** How often a screen was offline, and how long in all. */
export function lossesOf(stretches: readonly Stretch[]): { count: number; ms: number } {
  const lost = stretches.filter(
    ({ status }, index) => status === "offline" && stretches[index - 1]?.status !== "offline",
  );
  const ms = totalsOf(stretches).find(({ status }) => status === "offline")?.ms ?? 0;
  return { count: lost.length, ms };
}

const HOUR_MS = 3_600_000;

/** The whole hour on a zone's clock that an instant is in; zones may be off by parts of an hour. */
export function hourAt(atMs: number, timeZone: string): Span {
  const parts = new Intl.DateTimeFormat("en", { timeZone, minute: "numeric" }).formatToParts(atMs);
  const minute = Number(parts.find(({ type }) => type === "minute")?.value ?? 0);
  const fromMs = Math.floor(atMs / 60_000) * 60_000 - minute * 60_000;
  return { fromMs, untilMs: fromMs + HOUR_MS };
}

/** How long a stretch lasted, in milliseconds. */
export function lengthOf({ from, until }: Stretch): number {
  return Date.parse(until) - Date.parse(from);
}
