import type { DeviceStatus, DeviceVitals, OFFLINE_REASONS, SyncProgress } from "@vitrine/core/model/device";
import type {
  DeviceEventKind,
  Diagnosis,
  DisplayReport,
  UpdateReport,
} from "@vitrine/core/model/device-health";

/** What the server knows of one screen. */
export type DiagnosisFacts = {
  nowMs: number;
  status: DeviceStatus;
  offlineReason: (typeof OFFLINE_REASONS)[number] | null;
  revokedAt: Date | null;
  lastHeardAt: Date | null;
  identityCopiedAt: Date | null;
  /** As of its last beat. */
  isShowing: boolean;
  isUpToDate: boolean;
  isRecovering: boolean;
  faults: readonly { kind: string; text: string }[];
  sync: SyncProgress | null;
  vitals: DeviceVitals | null;
  display: DisplayReport | null;
  update: UpdateReport | null;
  /** Of the newest manifest: whether it holds anything to play, and whether something is due now. */
  content: { isThere: boolean; isDueNow: boolean };
  /** Of the last day, newest first. */
  events: readonly {
    at: Date;
    kind: DeviceEventKind;
    data: Readonly<Record<string, string | number | null>>;
  }[];
};

/** A screen's clock further off than this is worth a word. */
const CLOCK_OFF_MS = 5 * 60_000;
/** So many restarts of player or stage within this span are often. */
const OFTEN = 3;
const OFTEN_WITHIN_MS = 3_600_000;

/**
 * Why a screen is offline, behind, black or in trouble: most probable causes first, none when all is well. Of a
 * revoked screen that alone is said; of a silent one what its last beat said may still explain the silence.
 */
export function diagnose(facts: DiagnosisFacts): Diagnosis[] {
  if (facts.status === "revoked") return [reason("revoked", "offline", facts.revokedAt)];
  const isOffline = facts.offlineReason !== null;
  const found = [
    ...silence(facts),
    ...(isOffline ? [] : [...glass(facts), ...content(facts), ...behind(facts)]),
    ...machine(facts),
    ...notes(facts),
  ];
  return found.sort((one, other) => RANK[one.effect] - RANK[other.effect]);
}

const RANK: Readonly<Record<Diagnosis["effect"], number>> = { offline: 0, black: 1, behind: 2, note: 3 };

function reason(
  code: Diagnosis["code"],
  effect: Diagnosis["effect"],
  since: Date | null = null,
  data: Diagnosis["data"] = {},
): Diagnosis {
  return { code, effect, since: since?.toISOString() ?? null, data };
}

function silence({ offlineReason, lastHeardAt }: DiagnosisFacts): Diagnosis[] {
  if (offlineReason === null || offlineReason === "revoked") return [];
  return [reason(offlineReason, "offline", lastHeardAt)];
}

/** What keeps the picture from the glass although it is drawn, or from being drawn at all. */
function glass({ display, isRecovering, events }: DiagnosisFacts): Diagnosis[] {
  const found: Diagnosis[] = [];
  if (display) {
    const { desired, observed, problem, backend, output } = display;
    const since = findSince(events, ({ kind }) => kind === "display");
    if (problem !== null || (observed !== "unknown" && observed !== desired)) {
      const effect = desired === "on" && observed === "off" ? "black" : "note";
      found.push(reason("display_problem", effect, since, { problem, desired, observed, backend, output }));
    }
    if (desired === "off" && observed !== "on") found.push(reason("display_off", "black", since, { output }));
  }
  if (isRecovering) {
    const since = findSince(events, ({ kind }) => kind === "recovering");
    const last = events.find(({ kind }) => kind === "recovering");
    found.push(reason("stage_recovering", "black", since, { reason: last?.data.reason ?? null }));
  }
  return found;
}

function content({ content: { isThere, isDueNow }, faults, isShowing, events }: DiagnosisFacts): Diagnosis[] {
  if (!isThere) return [reason("nothing_to_play", "black")];
  if (!isDueNow) return [reason("nothing_scheduled_now", "black")];
  const failing = faults.find(({ kind }) => CONTENT_FAULTS.has(kind));
  if (!failing) return [];
  const since = sinceFault(events, failing.kind);
  const data = { text: failing.text };
  if (isShowing) return [reason("content_failing", "note", since, data)];
  return [reason("all_content_failing", "black", since, data)];
}

/** What keeps the newest content from a screen that is heard. */
function behind({
  sync,
  isUpToDate,
  isShowing,
  faults,
  content: { isThere },
  events,
}: DiagnosisFacts): Diagnosis[] {
  const effect = isShowing ? "behind" : "black";
  const known = faults.flatMap(({ kind, text }) => {
    const code = BEHIND_FAULTS.get(kind);
    return code ? [reason(code, "behind", sinceFault(events, kind), { text })] : [];
  });
  if (sync && sync.filesReady < sync.filesTotal) {
    const { missing, filesReady, filesTotal, bytesReady, bytesTotal } = sync;
    const failing = missing.filter(({ state }) => state === "retrying" || state === "set_aside");
    const problem = failing[0]?.problem ?? null;
    return failing.length > 0
      ? [...known, reason("download_failing", effect, null, { files: failing.length, problem })]
      : [...known, reason("downloading", effect, null, { filesReady, filesTotal, bytesReady, bytesTotal })];
  }
  if (isUpToDate || !isThere || known.length > 0) return known;
  return [reason("not_fetched_yet", effect)];
}

/** What is wrong with the machine, whether or not it is heard. */
function machine({ faults, vitals, events }: DiagnosisFacts): Diagnosis[] {
  const found = faults.flatMap(({ kind, text }) => {
    const since = sinceFault(events, kind);
    if (CONTENT_FAULTS.has(kind) || BEHIND_FAULTS.has(kind) || DOWNLOAD_FAULTS.has(kind)) return [];
    if (kind === OFTEN_RESTARTING) return [];
    const code = MACHINE_FAULTS.get(kind);
    return [
      code ? reason(code, "note", since, { text }) : reason("other_fault", "note", since, { kind, text }),
    ];
  });
  const offMs = vitals?.clockOffsetMs ?? 0;
  if (Math.abs(offMs) > CLOCK_OFF_MS && !found.some(({ code }) => code === "clock_wrong")) {
    found.push(reason("clock_wrong", "note", null, { offsetMs: Math.round(offMs) }));
  }
  return found;
}

function notes({ identityCopiedAt, update, faults, events, nowMs }: DiagnosisFacts): Diagnosis[] {
  const found: Diagnosis[] = [];
  if (identityCopiedAt) {
    const noted = events.find(({ kind }) => kind === "identity_copied");
    found.push(
      reason("identity_copied", "note", identityCopiedAt, { addresses: noted?.data.addresses ?? null }),
    );
  }
  if (update?.state === "rolled_back") {
    const since = findSince(events, ({ kind, data }) => kind === "update" && data.state === "rolled_back");
    found.push(
      reason("update_rolled_back", "note", since, { version: update.version, problem: update.problem }),
    );
  }
  const restarts = events.filter(
    ({ at, kind }) => RESTARTS.has(kind) && nowMs - at.getTime() < OFTEN_WITHIN_MS,
  );
  const isOften = restarts.length >= OFTEN;
  if (isOften || faults.some(({ kind }) => kind === OFTEN_RESTARTING)) {
    const times = isOften ? restarts.length : null;
    found.push(reason("often_restarting", "note", restarts.at(-1)?.at ?? null, { times }));
  }
  return found;
}

/** What a screen says itself when it plays on with care after crashes; told with what the server counts. */
const OFTEN_RESTARTING = "often_restarting";
const RESTARTS: ReadonlySet<DeviceEventKind> = new Set(["started", "recovering"]);
const CONTENT_FAULTS: ReadonlySet<string> = new Set(["content_set_aside", "content_failed"]);
const BEHIND_FAULTS: ReadonlyMap<string, Diagnosis["code"]> = new Map([
  ["manifest_refused", "manifest_refused"],
  ["manifest_out_of_date", "manifest_out_of_date"],
]);
const MACHINE_FAULTS: ReadonlyMap<string, Diagnosis["code"]> = new Map([
  ["disk_full", "disk_full"],
  ["disk_read_only", "disk_read_only"],
  ["clock_wrong", "clock_wrong"],
]);
/** Said by the files that they keep from coming. */
const DOWNLOAD_FAULTS: ReadonlySet<string> = new Set(["chunk_wrong", "file_gone", "file_wrong"]);

function sinceFault(events: DiagnosisFacts["events"], fault: string): Date | null {
  return findSince(events, ({ kind, data }) => kind === "fault" && data.fault === fault);
}

function findSince(
  events: DiagnosisFacts["events"],
  isIt: (event: DiagnosisFacts["events"][number]) => boolean,
): Date | null {
  return events.find(isIt)?.at ?? null;
}
