import type { DeviceView } from "@vitrine/core/model/device";
import type {
  DeviceEventView,
  DeviceLog,
  DeviceTimeline,
  Diagnosis,
  deviceFiles,
  deviceTimelineInput,
  listDeviceEventsInput,
  readDeviceLogInput,
} from "@vitrine/core/model/device-health";
import type * as z from "zod";
import type { Answers } from "./router.ts";
import { idOf, minutesAgo, NOW } from "./things.ts";

/** What the server finds out, keeps and is asked about each of these screens. */
export function screenAnswers(devices: readonly DeviceView[]): Answers {
  const find = (id: string) => devices.find((device) => device.id === id);
  return {
    "devices.diagnose": ({ id }: { id: string }) => ({ reasons: reasonsOf(find(id)) }),
    "devices.timeline": (input: z.infer<typeof deviceTimelineInput>) =>
      timelineOf(find(input.deviceId), input),
    "devices.events": ({ cursor, limit }: z.infer<typeof listDeviceEventsInput>) => {
      const start = Number(cursor ?? 0);
      const end = start + limit;
      return { events: EVENTS.slice(start, end), nextCursor: end < EVENTS.length ? String(end) : null };
    },
    "devices.files": ({ id }: { id: string }) => ({ files: find(id)?.status === "syncing" ? FILES : [] }),
    "devices.logs": () => ({ logs: LOGS }),
    "devices.readLog": (input: z.infer<typeof readDeviceLogInput>) => logOf(input),
    "devices.commands": () => ({ commands: COMMANDS }),
    "devices.sendCommand": ({ kind }: { kind: string }) => ({ ...command(9, kind, "waiting", 0), kind }),
  };
}

function reasonsOf(device: DeviceView | undefined): Diagnosis[] {
  const reason = (part: Pick<Diagnosis, "code" | "effect"> & Partial<Diagnosis>): Diagnosis => ({
    since: minutesAgo(95),
    data: {},
    ...part,
  });
  switch (device?.status) {
    case "offline":
      return [reason({ code: "connection_lost", effect: "offline" })];
    case "never":
      return [reason({ code: "never_connected", effect: "offline", since: device.pairedAt })];
    case "syncing":
      return [
        reason({
          code: "downloading",
          effect: "behind",
          since: minutesAgo(3),
          data: { filesReady: 4, filesTotal: 9, bytesReady: 41_000_000, bytesTotal: 120_000_000 },
        }),
      ];
    case "trouble":
      return [
        ...(device.identityCopiedAt
          ? [
              reason({
                code: "identity_copied",
                effect: "note",
                since: device.identityCopiedAt,
                data: { addresses: "192.168.4.31, 203.0.113.77" },
              }),
            ]
          : []),
        reason({
          code: "content_failing",
          effect: "note",
          since: minutesAgo(12),
          data: { text: "“Spring teaser” could not be decoded three times and is left out" },
        }),
      ];
    default:
      return [];
  }
}

const HOUR_MS = 3_600_000;

/** A day that repeats: syncing at opening, one short loss, a restart; offline screens are lost at the end. */
function timelineOf(
  device: DeviceView | undefined,
  { from, until }: z.infer<typeof deviceTimelineInput>,
): DeviceTimeline {
  const start = Date.parse(from);
  const end = Math.min(Date.parse(until), NOW);
  const stretches: DeviceTimeline["stretches"] = [];
  const push = (
    status: (typeof stretches)[number]["status"],
    untilMs: number,
    because: DeviceEventView["kind"] | null,
  ) => {
    const begins = stretches.at(-1)?.until ?? new Date(start).toISOString();
    const ends = Math.min(end, untilMs);
    if (ends <= Date.parse(begins)) return;
    stretches.push({ status, from: begins, until: new Date(ends).toISOString(), because });
  };
  for (let day = start; day < end; day += 24 * HOUR_MS) {
    push("playing", day + 6.2 * HOUR_MS, stretches.length === 0 ? null : "recovered");
    push("syncing", day + 6.4 * HOUR_MS, "manifest_active");
    push("playing", day + 13 * HOUR_MS, "state");
    push("offline", day + 13.35 * HOUR_MS, "lost");
    push("playing", day + 19.5 * HOUR_MS, "connected");
    push("trouble", day + 19.6 * HOUR_MS, "recovering");
    push("playing", day + 24 * HOUR_MS, "recovered");
  }
  const lastHeard = device?.lastHeardAt ? Date.parse(device.lastHeardAt) : start;
  if (device?.status === "offline" && lastHeard > start) {
    const kept = stretches.filter((one) => Date.parse(one.from) < lastHeard);
    const last = kept.at(-1);
    if (last) last.until = device.lastHeardAt ?? last.until;
    kept.push({
      status: "offline",
      from: new Date(lastHeard).toISOString(),
      until: new Date(end).toISOString(),
      because: "lost",
    });
    return { stretches: kept, playingShare: 0.93 };
  }
  return { stretches, playingShare: 0.975 };
}

const DATA: readonly [DeviceEventView["kind"], DeviceEventView["data"]][] = [
  ["command", { command: "screenshot", state: "done" }],
  ["online", {}],
  ["offline", {}],
  ["recovered", {}],
  ["recovering", { reason: "The stage gave no pulse for 10 s" }],
  ["fault", { fault: "file_undecodable", text: "<img src=x onerror=alert(1)> could not be decoded" }],
  ["fault_over", { fault: "file_undecodable", text: "It plays again" }],
  ["manifest_active", { revision: 42 }],
  ["state", { state: "playing" }],
  ["clock_stepped", { byMs: -3_600_000 }],
  ["display", { desired: "on", observed: "off", problem: "wlr-randr does not answer" }],
  ["update", { state: "rolled_back", version: "0.2.0" }],
  ["started", { version: "0.1.0", reason: "crash" }],
  ["stopped", { reason: "SIGTERM" }],
  ["identity_copied", { addresses: "192.168.4.31, 203.0.113.77" }],
  ["lost", {}],
  ["connected", {}],
  ["paired", {}],
];
const EVENTS: DeviceEventView[] = Array.from({ length: 120 }, (_, number) => {
  const [kind, data] = DATA[number % DATA.length] ?? ["online", {}];
  return { id: idOf(20, number), at: minutesAgo(2 + number * 37), kind, data };
});

const sha = (digit: string) => digit.repeat(64);
const FILES: z.infer<typeof deviceFiles>["files"] = [
  {
    sha256: sha("a"),
    sizeBytes: 61_000_000,
    bytesReady: 22_400_000,
    state: "downloading",
    failures: 0,
    problem: null,
    asset: {
      id: idOf(2, 6),
      name: "Loyalty, explained in fifteen seconds for everybody who waits in line at noon",
    },
  },
  {
    sha256: sha("b"),
    sizeBytes: 12_500_000,
    bytesReady: 6_300_000,
    state: "retrying",
    failures: 3,
    problem: "The server closed the connection",
    asset: { id: idOf(2, 1), name: "Cardamom buns" },
  },
  {
    sha256: sha("c"),
    sizeBytes: 4_200_000,
    bytesReady: 0,
    state: "waiting",
    failures: 0,
    problem: null,
    asset: { id: idOf(2, 4), name: "Barista of the month" },
  },
  {
    sha256: sha("d"),
    sizeBytes: 1_300_000,
    bytesReady: 1_300_000,
    state: "set_aside",
    failures: 3,
    problem: "It could not be decoded three times",
    asset: null,
  },
];

const LOGS = [
  { id: idOf(21, 1), receivedAt: minutesAgo(4), sizeBytes: 48_200, lineCount: 2_000, url: "/media/1.svg" },
  { id: idOf(21, 2), receivedAt: minutesAgo(60 * 26), sizeBytes: 3_100, lineCount: 112, url: "/media/2.svg" },
];
const LINES: DeviceLog["lines"] = Array.from({ length: 2_000 }, (_, number) => ({
  at: minutesAgo(4 + (2_000 - number) * 0.4),
  level: number % 97 === 0 ? "error" : number % 23 === 0 ? "warn" : "info",
  event: number % 97 === 0 ? "download_failed" : number % 23 === 0 ? "slow_frame" : "item_shown",
  text:
    number % 97 === 0
      ? "Could not fetch 3f9c…: the server closed the connection after 6.3 MB; trying again in 8 s"
      : number % 23 === 0
        ? "A frame took 41 ms"
        : `“Winter menu” is on the glass, play ${number}`,
}));
const LEVELS = ["info", "warn", "error"] as const;

function logOf({ level, search }: z.infer<typeof readDeviceLogInput>): DeviceLog {
  const least = LEVELS.indexOf(level);
  const wanted = search.toLowerCase();
  return {
    lines: LINES.filter(
      (line) =>
        LEVELS.indexOf(line.level) >= least && `${line.event} ${line.text}`.toLowerCase().includes(wanted),
    ),
    isCut: false,
  };
}

function command(number: number, kind: string, state: string, ago: number) {
  const isOver = state === "done" || state === "failed";
  return {
    id: idOf(7, number),
    kind,
    state,
    createdAt: minutesAgo(ago),
    expiresAt: minutesAgo(ago - 1),
    deliveredAt: isOver || state === "delivered" ? minutesAgo(ago - 0.1) : null,
    finishedAt: isOver ? minutesAgo(ago - 0.2) : null,
    failure: null,
    createdByName: "Mara Lindqvist",
  };
}

const COMMANDS = [
  command(2, "identify", "waiting", 0.2),
  command(3, "send_logs", "delivered", 0.4),
  command(1, "screenshot", "done", 120),
  {
    ...command(4, "reboot", "failed", 200),
    failure: "This machine does not let the player restart it",
    createdByName: null,
  },
  command(5, "display_off", "expired", 300),
];
