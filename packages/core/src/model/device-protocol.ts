import * as z from "zod";
import { commandKind, deviceHardware, deviceVitals, onGlass, playerState, syncProgress } from "./device.ts";
import { displayReport, eventData, SCREEN_EVENT_KINDS, updateReport } from "./device-health.ts";
import { appErrorShape } from "./errors.ts";
import { id, instant } from "./ids.ts";

/**
 * What a screen and the server say to each other. Procedures of the device router (`/device/trpc`) take
 * and give these shapes; files, manifest and the live connection are plain HTTP beside it:
 *
 * - `GET  /device/manifest`              canonical JSON, `ETag`, `X-Vitrine-Signature` (Ed25519 of the body, base64url)
 * - `GET  /device/files/:sha256`         the file, `Range`
 * - `GET  /device/files/:sha256/chunks`  its chunk list, 32 raw bytes a MiB
 * - `GET  /device/live`                  WebSocket: hints and answers down (`liveWord`), beats up (`liveCall`), a JSON text each
 * - `PUT  /device/screenshots/:commandId` a JPEG of the glass
 * - `PUT  /device/logs/:commandId`       the newest lines of its log, gzip of JSON lines, at most 1 MiB
 *
 * All but pairing and `session.open` want `Authorization: Bearer <token of session.open>`.
 */
export const DEVICE_PATHS = {
  trpc: "/device/trpc",
  manifest: "/device/manifest",
  live: "/device/live",
  files: "/device/files",
  screenshots: "/device/screenshots",
  logs: "/device/logs",
} as const;

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
/** Ed25519 public key, 32 raw bytes in base64url. */
export const publicKey = base64url.length(43);
export const signature = base64url.length(86);

export const startPairingInput = z.strictObject({ publicKey, hardware: deviceHardware });
/** `userCode` is for the glass; `deviceCode` stays on the device and proves that the poller started this. */
export const startedPairing = z.strictObject({
  deviceCode: z.string(),
  userCode: z.string(),
  claimUrl: z.string(),
  expiresAt: instant,
  pollEveryMs: z.int(),
});
/** `signature` is Ed25519 over the UTF-8 bytes of `vitrine-pair:<deviceCode>`. */
export const pollPairingInput = z.strictObject({ deviceCode: z.string().max(100), signature });
export const pairingOutcome = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("waiting") }),
  /** Claimed; the glass names the organization and may refuse until `vetoUntil`. */
  z.strictObject({
    kind: z.literal("claimed"),
    organizationName: z.string(),
    deviceId: id,
    organizationId: id,
    serverPublicKey: publicKey,
    vetoUntil: instant,
  }),
  z.strictObject({ kind: z.literal("expired") }),
]);
export type PairingOutcome = z.infer<typeof pairingOutcome>;

/**
 * Trades a signature for a token of 15 minutes bound to the key. `signature` is Ed25519 over the UTF-8
 * bytes of `vitrine-session:<deviceId>:<issuedAt>:<nonce>`; `issuedAt` may be 10 minutes off.
 */
export const openSessionInput = z.strictObject({
  deviceId: id,
  organizationId: id,
  issuedAt: instant,
  nonce: z.string().min(16).max(100),
  signature,
  /** The ticket of the session before; null: none was kept yet. */
  ticket: z.string().max(100).nullable().default(null),
});
/**
 * `ticket` is kept on disk before the token is used, and shown when the next session is opened. A ticket that comes
 * again after its successor was used comes from a copy of the screen's identity. A new session ends the one before.
 */
export const openedSession = z.strictObject({
  token: z.string(),
  expiresAt: instant,
  serverTime: instant,
  ticket: z.string().max(100),
});

export const faultReport = z.strictObject({ kind: z.string().max(60), text: z.string().max(500) });

export const heartbeatInput = z.strictObject({
  bootId: id,
  state: playerState,
  hardware: deviceHardware,
  vitals: deviceVitals,
  onGlass: onGlass.nullable(),
  /** ETag of the manifest that plays, and of the newest that was fetched. */
  activeManifest: z.string().max(100).nullable(),
  newestManifest: z.string().max(100).nullable(),
  sync: syncProgress.nullable(),
  faults: z.array(faultReport).max(20),
  /** The stage is being brought back; what was on the glass is not. */
  isRecovering: z.boolean().default(false),
  display: displayReport.nullable().default(null),
  update: updateReport.nullable().default(null),
  /** True in the last beat before an orderly stop. */
  isStopping: z.boolean().default(false),
});
export type Heartbeat = z.infer<typeof heartbeatInput>;

const { isRecovering, display, update, isStopping } = heartbeatInput.shape;
/** What a beat says otherwise than the one before it; what is left out is as it was. */
export const beatChanges = heartbeatInput
  .extend({
    isRecovering: isRecovering.unwrap(),
    display: display.unwrap(),
    update: update.unwrap(),
    isStopping: isStopping.unwrap(),
  })
  .exactPartial();
export type BeatChanges = z.infer<typeof beatChanges>;

/**
 * `signature` is Ed25519 by the server's key over the UTF-8 bytes of
 * `vitrine-command:<deviceId>:<id>:<kind>:<expiresAt>`, so that no other screen, kind or time can be made of it.
 */
export const pendingCommand = z.strictObject({ id, kind: commandKind, expiresAt: instant, signature });
export const heartbeatAnswer = z.strictObject({
  serverTime: instant,
  manifestEtag: z.string().nullable(),
  commands: z.array(pendingCommand),
});
export const acknowledgeCommandInput = z.strictObject({
  id,
  isDone: z.boolean(),
  failure: z.string().max(500).nullable().default(null),
});

/** At most this many plays travel in one call. */
export const PLAYS_BATCH = 500;
/** One showing of one item. (boot, sequence) is unique on the device, so that sending twice counts once. */
export const playReport = z.strictObject({
  bootId: id,
  sequence: z.int().min(0).max(2_147_483_647),
  assetId: id,
  itemId: id.nullable(),
  playlistId: id.nullable(),
  startedAt: instant,
  durationMs: z.int().min(0).max(86_400_000),
  /** False when the showing was cut: an edit, a stop, a failure. */
  isWhole: z.boolean(),
});
export type PlayReport = z.infer<typeof playReport>;
export const reportPlaysInput = z.strictObject({ plays: z.array(playReport).min(1).max(PLAYS_BATCH) });
/** How many of the batch were new; the rest had been counted before. All of them may be forgotten by the device. */
export const playsReceipt = z.strictObject({ newCount: z.int(), knownCount: z.int() });

/** At most this many events travel in one call. */
export const EVENTS_BATCH = 200;
/** One event of a screen. (boot, sequence) is unique on the device, apart from that of plays. */
export const screenEvent = z.strictObject({
  bootId: id,
  sequence: z.int().min(0).max(2_147_483_647),
  at: instant,
  kind: z.enum(SCREEN_EVENT_KINDS),
  data: eventData,
});
export type ScreenEvent = z.infer<typeof screenEvent>;
export const reportEventsInput = z.strictObject({ events: z.array(screenEvent).min(1).max(EVENTS_BATCH) });
/** All of the batch may be forgotten by the device. */
export const eventsReceipt = z.strictObject({ newCount: z.int(), knownCount: z.int() });

/** A nudge, never the truth: the device fetches what the hint speaks of. */
export const hint = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hello"), reconnectMs: z.int() }),
  z.strictObject({ kind: z.literal("manifest"), revision: z.int() }),
  z.strictObject({ kind: z.literal("commands") }),
  z.strictObject({ kind: z.literal("revoked") }),
  z.strictObject({ kind: z.literal("goodbye"), reconnectMs: z.int() }),
]);
export type Hint = z.infer<typeof hint>;

/** At most this much travels in one text of the live connection, either way. */
export const LIVE_LIMIT_BYTES = 64 * 1024;
const beatId = z.int().min(0).max(2_147_483_647);
/**
 * What a screen sends: `heartbeat.report` without a request of its own. `id` is the screen's, given back with the
 * answer. Once a beat was answered on a connection, the next may say only what changed `since` that one.
 */
export const liveCall = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("beat"), id: beatId, beat: heartbeatInput }),
  z.strictObject({ kind: z.literal("change"), id: beatId, since: beatId, changes: beatChanges }),
]);
export type LiveCall = z.infer<typeof liveCall>;
/** The last beat that was answered on a live connection. */
export type AnsweredBeat = { readonly id: number; readonly beat: Heartbeat };
/** The whole beat that a call means; undefined when it builds on another than the last one answered. */
export function beatOf(call: LiveCall, answered: AnsweredBeat | undefined): Heartbeat | undefined {
  if (call.kind === "beat") return call.beat;
  return answered?.id === call.since ? { ...answered.beat, ...call.changes } : undefined;
}
/**
 * What the server sends: hints as they come, and for each beat its answer or the failure that its call would have had.
 * `heldMs`: how long the beat lay with the server before `serverTime` was read, to be taken off the round trip.
 */
export const liveWord = z.discriminatedUnion("kind", [
  ...hint.options,
  z.strictObject({
    kind: z.literal("beaten"),
    id: z.int(),
    heldMs: z.number().min(0).default(0),
    answer: heartbeatAnswer,
  }),
  z.strictObject({ kind: z.literal("refused"), id: z.int(), error: appErrorShape }),
]);
export type LiveWord = z.infer<typeof liveWord>;
