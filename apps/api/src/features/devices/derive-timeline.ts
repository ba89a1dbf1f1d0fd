import type { DeviceStatus } from "@vitrine/core/model/device";
import type { DeviceEventKind, DeviceTimeline, TIMELINE_STATUSES } from "@vitrine/core/model/device-health";

type Status = (typeof TIMELINE_STATUSES)[number];

export type TimelineEvent = {
  atMs: number;
  kind: DeviceEventKind;
  data: Readonly<Record<string, string | number | null>>;
};

export type TimelineFacts = {
  /** In order of time; some of those before `fromMs` say what it was when the range began. */
  events: readonly TimelineEvent[];
  fromMs: number;
  /** Not in the future. */
  untilMs: number;
  /** What is known now, where the range reaches to now; null where it does not. */
  now: { status: DeviceStatus; lastHeardAtMs: number | null } | null;
};

/** More stretches than this are made fewer: the shortest are told as part of the one before. */
export const MAX_STRETCHES = 2_000;

/**
 * What a screen was in a range, from what it told and what the server noticed. Silence is `offline` as the server saw
 * it, whatever the screen did meanwhile. Of a screen that was heard and never told its state nothing is claimed but
 * what is known now, and that from its last beat on.
 */
export function deriveTimeline({ events, fromMs, untilMs, now }: TimelineFacts): DeviceTimeline {
  const stretches: Stretch[] = [];
  let state = UNKNOWN;
  let because: DeviceEventKind | null = null;
  let sinceMs = fromMs;
  const end = (endMs: number) => {
    const last = stretches.at(-1);
    const status = statusOf(state);
    if (last?.status === status) last.endMs = endMs;
    else if (endMs > sinceMs) stretches.push({ status, startMs: sinceMs, endMs, because });
    sinceMs = endMs;
  };
  for (const event of events) {
    if (event.atMs >= untilMs) break;
    const next = after(state, event);
    if (event.atMs > fromMs && statusOf(next) !== statusOf(state)) {
      end(event.atMs);
      because = event.kind;
    }
    state = next;
  }
  end(untilMs);
  const known = now ? withNow(stretches, now) : stretches;
  const shown = coarsened(known);
  const totalOf = (isCounted: (status: Status) => boolean) =>
    known.reduce((sum, one) => sum + (isCounted(one.status) ? one.endMs - one.startMs : 0), 0);
  const knownMs = totalOf((status) => status !== "unknown");
  return {
    stretches: shown.map(({ status, startMs, endMs, because: kind }) => ({
      status,
      from: new Date(startMs).toISOString(),
      until: new Date(endMs).toISOString(),
      because: kind,
    })),
    playingShare: knownMs === 0 ? null : totalOf((status) => status === "playing") / knownMs,
  };
}

type Stretch = { status: Status; startMs: number; endMs: number; because: DeviceEventKind | null };

type State = {
  /** Null before its history begins. */
  readonly isHeard: boolean | null;
  /** It said that it stops, and not yet that it started. */
  readonly isStopped: boolean;
  readonly playerState: string | null;
  readonly isRecovering: boolean;
  readonly faults: readonly string[];
};
const UNKNOWN: State = {
  isHeard: null,
  isStopped: false,
  playerState: null,
  isRecovering: false,
  faults: [],
};

function after(state: State, { kind, data }: TimelineEvent): State {
  const fault = String(data.fault ?? "");
  switch (kind) {
    case "paired":
      return { ...state, isHeard: state.isHeard ?? false };
    case "connected":
      return { ...state, isHeard: true, isStopped: false };
    case "lost":
    case "revoked":
      return { ...state, isHeard: false };
    case "stopped":
      return { ...state, isStopped: true };
    case "started":
      return { ...state, isStopped: false, playerState: null, isRecovering: false, faults: [] };
    case "state":
      return { ...state, playerState: String(data.state ?? "") };
    case "recovering":
      return { ...state, isRecovering: true };
    case "recovered":
      return { ...state, isRecovering: false };
    case "fault":
      return { ...state, faults: [...state.faults.filter((one) => one !== fault), fault] };
    case "fault_over":
      return { ...state, faults: state.faults.filter((one) => one !== fault) };
    case "offline":
    case "online":
    case "manifest_active":
    case "clock_stepped":
    case "display":
    case "update":
    case "identity_copied":
    case "command":
      return state;
  }
}

function statusOf({ isHeard, isStopped, playerState, isRecovering, faults }: State): Status {
  if (isHeard === null) return "unknown";
  if (!isHeard || isStopped) return "offline";
  if (playerState === null) return "unknown";
  if (isRecovering || faults.length > 0) return "trouble";
  if (playerState === "playing") return "playing";
  return playerState === "syncing" ? "syncing" : "idle";
}

const NOW: Readonly<Record<DeviceStatus, Status>> = {
  playing: "playing",
  syncing: "syncing",
  idle: "idle",
  trouble: "trouble",
  offline: "offline",
  revoked: "offline",
  never: "unknown",
};

/** The end as it is known now. A screen that has nothing to play calls that syncing; the server knows better. */
function withNow(stretches: readonly Stretch[], now: NonNullable<TimelineFacts["now"]>): Stretch[] {
  const last = stretches.at(-1);
  const status = NOW[now.status];
  if (!last || last.status === status || status === "unknown") return [...stretches];
  if (last.status === "syncing" && status === "idle") return [...stretches.slice(0, -1), { ...last, status }];
  const startMs = Math.min(last.endMs, Math.max(last.startMs, now.lastHeardAtMs ?? last.startMs));
  const parts = [
    { ...last, endMs: startMs },
    { status, startMs, endMs: last.endMs, because: status === "offline" ? ("lost" as const) : null },
  ];
  return [...stretches.slice(0, -1), ...parts.filter((one) => one.endMs > one.startMs)];
}

function coarsened(stretches: readonly Stretch[]): readonly Stretch[] {
  let shown: readonly Stretch[] = stretches;
  for (let leastMs = 1_000; shown.length > MAX_STRETCHES; leastMs *= 2) {
    const kept: Stretch[] = [];
    for (const one of shown) {
      const last = kept.at(-1);
      if (last && (one.endMs - one.startMs < leastMs || last.status === one.status)) last.endMs = one.endMs;
      else kept.push({ ...one });
    }
    shown = kept;
  }
  return shown;
}
