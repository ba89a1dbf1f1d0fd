import * as z from "zod";
import { id, instant, sha256 } from "./ids.ts";

/** What a display was told to be and what it is, as the back-end that switches it says. */
export const DISPLAY_BACKENDS = ["wayland", "x11", "cec", "none"] as const;
export const displayReport = z.strictObject({
  backend: z.enum(DISPLAY_BACKENDS),
  /** Name of the output, as the back-end calls it; null where there is none. */
  output: z.string().max(100).nullable(),
  desired: z.enum(["on", "off"]),
  observed: z.enum(["on", "off", "unknown"]),
  /** Why the display is not as desired; null while it is. */
  problem: z.string().max(300).nullable(),
});
export type DisplayReport = z.infer<typeof displayReport>;

/** How far the player is with its own updates. `rolled_back`: the newer version was not healthy, the former one runs. */
export const UPDATE_STATES = ["off", "current", "downloading", "ready", "trying", "rolled_back"] as const;
export const updateReport = z.strictObject({
  channel: z.string().max(40),
  state: z.enum(UPDATE_STATES),
  /** The version that is fetched, tried or was given up; null while there is none. */
  version: z.string().max(50).nullable(),
  problem: z.string().max(300).nullable(),
});
export type UpdateReport = z.infer<typeof updateReport>;

/** `retrying` waits after a failure, `set_aside` was given up until something changes. */
export const FILE_STATES = ["waiting", "downloading", "retrying", "set_aside"] as const;
/** A file of the newest manifest that is not there yet. */
export const missingFile = z.strictObject({
  sha256,
  sizeBytes: z.number().min(0),
  bytesReady: z.number().min(0),
  state: z.enum(FILE_STATES),
  /** Failures since it was first wanted. */
  failures: z.int().min(0),
  problem: z.string().max(200).nullable(),
});
export type MissingFile = z.infer<typeof missingFile>;
/** At most this many missing files are told, those under way first. */
export const MISSING_FILES = 20;

/**
 * What happens in the life of a screen, kept on its disk until the server has it.
 *
 * | kind | data |
 * |---|---|
 * | `started` | `version`, `reason`: `boot`, `restart`, `crash`, `update` |
 * | `stopped` | `reason` |
 * | `state` | `state`: a player state |
 * | `offline`, `online` | |
 * | `recovering` | `reason`: what befell the stage |
 * | `recovered` | |
 * | `manifest_active` | `revision` |
 * | `fault`, `fault_over` | `fault`: its kind, `text` |
 * | `clock_stepped` | `byMs` |
 * | `display` | `observed`, `desired`, `problem` |
 * | `update` | `state`, `version` |
 *
 * The server adds `paired`, `connected`, `lost`, `identity_copied` (`addresses`), `revoked` and `command`
 * (`command`, `state`).
 */
export const SCREEN_EVENT_KINDS = [
  "started",
  "stopped",
  "state",
  "offline",
  "online",
  "recovering",
  "recovered",
  "manifest_active",
  "fault",
  "fault_over",
  "clock_stepped",
  "display",
  "update",
] as const;
export const DEVICE_EVENT_KINDS = [
  ...SCREEN_EVENT_KINDS,
  "paired",
  "connected",
  "lost",
  "identity_copied",
  "revoked",
  "command",
] as const;
export const deviceEventKind = z.enum(DEVICE_EVENT_KINDS);
export type DeviceEventKind = z.infer<typeof deviceEventKind>;
/** A few short facts of an event, hostile until shown as text. */
export const eventData = z.record(z.string().max(40), z.union([z.string().max(500), z.number(), z.null()]));

export const deviceEventView = z.strictObject({
  id,
  /** By the server's clock, as far as the screen knew it. */
  at: instant,
  kind: deviceEventKind,
  data: eventData,
});
export type DeviceEventView = z.infer<typeof deviceEventView>;
export const listDeviceEventsInput = z.strictObject({
  deviceId: id,
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export const deviceEventPage = z.strictObject({
  events: z.array(deviceEventView),
  nextCursor: z.string().nullable(),
});

/** What a screen was at a time; `unknown` before its history begins. */
export const TIMELINE_STATUSES = ["playing", "syncing", "idle", "trouble", "offline", "unknown"] as const;
export const TIMELINE_DAYS = 31;
export const deviceTimelineInput = z.strictObject({ deviceId: id, from: instant, until: instant });
/** Stretches in order of time, without gaps, from `from` to the earlier of `until` and now; at most 2,000. */
export const deviceTimeline = z.strictObject({
  stretches: z.array(
    z.strictObject({
      status: z.enum(TIMELINE_STATUSES),
      from: instant,
      until: instant,
      /** The kind of the event that began it; null for what was before. */
      because: deviceEventKind.nullable(),
    }),
  ),
  /** Share of the time that was playing, of that which is known; null while nothing is. */
  playingShare: z.number().min(0).max(1).nullable(),
});
export type DeviceTimeline = z.infer<typeof deviceTimeline>;

/** Why a screen is offline, behind, black or in trouble: each has words in the message catalogue. */
export const DIAGNOSIS_CODES = [
  "revoked",
  "never_connected",
  "stopped_on_purpose",
  "connection_lost",
  "identity_copied",
  "display_off",
  "display_problem",
  "stage_recovering",
  "nothing_to_play",
  "nothing_scheduled_now",
  "all_content_failing",
  "content_failing",
  "downloading",
  "download_failing",
  "disk_full",
  "disk_read_only",
  "manifest_refused",
  "manifest_out_of_date",
  "not_fetched_yet",
  "clock_wrong",
  "update_rolled_back",
  "often_restarting",
  "other_fault",
] as const;
export const diagnosis = z.strictObject({
  code: z.enum(DIAGNOSIS_CODES),
  /** `black`: the glass does not show what it should; `behind`: it shows something older; `note`: worth knowing. */
  effect: z.enum(["offline", "black", "behind", "note"]),
  since: instant.nullable(),
  data: eventData,
});
export type Diagnosis = z.infer<typeof diagnosis>;
/** Most probable causes first; empty: all is well. */
export const deviceDiagnosis = z.strictObject({ reasons: z.array(diagnosis) });

export const namedMissingFile = missingFile.extend({
  /** The content that needs it; null where it is not known any more. */
  asset: z.strictObject({ id, name: z.string() }).nullable(),
});
export const deviceFiles = z.strictObject({ files: z.array(namedMissingFile) });

/** Logs that a screen sent when it was asked to, newest first, at most 20. */
export const deviceLogs = z.strictObject({
  logs: z.array(
    z.strictObject({ id, receivedAt: instant, sizeBytes: z.int(), lineCount: z.int(), url: z.string() }),
  ),
});
export const LOG_LEVELS = ["info", "warn", "error"] as const;
export const readDeviceLogInput = z.strictObject({
  deviceId: id,
  id,
  /** Lines of this level and worse. */
  level: z.enum(LOG_LEVELS).default("info"),
  search: z.string().trim().max(200).default(""),
});
/** The newest lines that meet the filter, in order of time, at most 2,000. */
export const deviceLog = z.strictObject({
  lines: z.array(
    z.strictObject({ at: instant, level: z.enum(LOG_LEVELS), event: z.string(), text: z.string() }),
  ),
  isCut: z.boolean(),
});
export type DeviceLog = z.infer<typeof deviceLog>;
