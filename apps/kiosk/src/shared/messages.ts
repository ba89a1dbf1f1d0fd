import { fit, loudness } from "@vitrine/core/model/asset";
import { rotation } from "@vitrine/core/model/device";
import { brandColor } from "@vitrine/core/model/organization";
import * as z from "zod";

/**
 * What engine and stage say to each other. Every message is parsed on arrival at either end.
 *
 * The stage keeps no state but what is on the glass: each scene message (`splash`, `pairing`, `claimed`,
 * `idle`, `plan`) replaces the scene as a whole, and after each `ready` the engine says everything again.
 * What is on the glass stays there until what replaces it can be painted.
 */
export const STAGE_PROTOCOL = 1;

/** Epoch milliseconds of the server's clock, fractions allowed. */
const serverMs = z.number().min(0).max(8.64e15);
/** Server's clock minus this machine's `Date.now()` when the message is sent. */
const clockOffsetMs = z.number().min(-8.64e15).max(8.64e15);
/** Chosen by the engine, given back as it is; unique for one showing. */
const slotId = z.string().min(1).max(200);
const zoneId = z.string().min(1).max(60);
const label = z.string().max(300);

/** `media/<sha256>` beside the page (a kiosk), or an absolute http(s) address (a preview). */
export const mediaAddress = z
  .string()
  .max(2000)
  .refine((text) => /^media\/[0-9a-f]{64}$/.test(text) || isHttpUrl(text), "Not a media address");

const pixels = z.int().min(1).max(100_000).nullable();

const httpUrl = z.string().max(2000).refine(isHttpUrl, "Not an http(s) address");

/**
 * What one slot shows. Sizes are the content's own pixels, orientation applied; null where unknown. `loudness` is in
 * percent of the volume of the settings.
 */
export const stageItem = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("image"),
    src: mediaAddress,
    width: pixels,
    height: pixels,
    fit,
    /** Absent: not known, so it may be animated. */
    mediaType: z.string().max(100).optional(),
  }),
  z.strictObject({
    kind: z.literal("video"),
    src: mediaAddress,
    width: pixels,
    height: pixels,
    fit,
    loudness,
  }),
  /** An HLS playlist; a live one is shown at its live edge. */
  z.strictObject({ kind: z.literal("stream"), src: httpUrl, fit, loudness }),
  z.strictObject({
    kind: z.literal("web"),
    url: httpUrl,
    /** Seconds between reloads while it is off the glass or on it; 0 never. */
    reloadSeconds: z.int().min(0),
  }),
  /** Nothing: the zone is empty, and what lies under it is seen. */
  z.strictObject({ kind: z.literal("none") }),
]);
export type StageItem = z.infer<typeof stageItem>;

export const transition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cut") }),
  z.strictObject({ kind: z.literal("fade"), durationMs: z.int().min(50).max(5000) }),
]);

/** One showing, `[startsAtMs, endsAtMs)`. A video starts at its beginning at `startsAtMs`; who joins later seeks. */
export const stageSlot = z.strictObject({
  slotId,
  startsAtMs: serverMs,
  endsAtMs: serverMs,
  item: stageItem,
  /** How it comes onto the glass. */
  transition,
});
export type StageSlot = z.infer<typeof stageSlot>;

const fraction = z.number().min(0).max(1);
/** A rectangle of the canvas, in fractions of its width and height after rotation. */
export const zoneBox = z.strictObject({ left: fraction, top: fraction, width: fraction, height: fraction });
export type ZoneBox = z.infer<typeof zoneBox>;

export const MAIN_ZONE = "main";
export const WHOLE_CANVAS: ZoneBox = { left: 0, top: 0, width: 1, height: 1 };

/**
 * Slots of one zone in order of time, without overlap: the one of now and a few that follow (three or more).
 * Zones lie over each other by `z`, higher ones in front (0 unless told), equals in the order of the list.
 */
export const stageZone = z.strictObject({
  zoneId,
  box: zoneBox,
  z: z.int().min(0).max(1000).optional(),
  slots: z.array(stageSlot).max(100),
});
export type StageZone = z.infer<typeof stageZone>;

const zones = z.array(stageZone).min(1).max(20);
/**
 * Zones that have the canvas together, from `startsAtMs` until the next act starts: the whole screen as one zone,
 * or the zones of a layout. Acts that follow each other have different ids; one that goes on keeps its id, and
 * each of its zones, by `zoneId`, what it shows.
 */
export const stageAct = z.strictObject({
  actId: z.string().min(1).max(60),
  startsAtMs: serverMs,
  /** The zone whose picture the change to this act waits for. */
  mainZoneId: zoneId,
  zones,
});
export type StageAct = z.infer<typeof stageAct>;

/**
 * What to show from now on: `acts` in order of time, or `zones`, which are one act without beginning or end. At
 * each instant each zone shows the slot that covers it. A plan whose slot of now is the one on the glass (same
 * `slotId`) changes nothing until that slot's end as the new plan tells it; any other slot of now takes over as
 * soon as it is ready, so an edit or an override cuts by what the plan says. Past the last slot, and in gaps,
 * the last picture stays. An act gets ready unseen, and comes with the pictures of all of its zones, or shortly
 * after its time with that of its main zone; the former act is on the glass until then.
 */
export const planMessage = z
  .strictObject({
    kind: z.literal("plan"),
    clockOffsetMs,
    zones: zones.optional(),
    acts: z.array(stageAct).min(1).max(100).optional(),
  })
  .refine((plan) => (plan.zones === undefined) !== (plan.acts === undefined), "Either zones or acts");
export type PlanMessage = z.infer<typeof planMessage>;

/** The acts of a plan in order of time. */
export function actsOf({ zones, acts }: Pick<PlanMessage, "zones" | "acts">): readonly StageAct[] {
  if (acts) return acts;
  const [main] = zones ?? [];
  return main && zones ? [{ actId: MAIN_ZONE, startsAtMs: 0, mainZoneId: main.zoneId, zones }] : [];
}

/** How the organization looks, for the scenes that are not its content; null: as ours. */
export const brand = z.strictObject({ color: brandColor.nullable(), logoSrc: mediaAddress.nullable() });
export type Brand = z.infer<typeof brand>;

/** What a technician before the screen looks for. `addresses` are this machine's own in its networks, at most a few. */
export const about = z.strictObject({ version: label, addresses: z.array(label).max(8) });
export type About = z.infer<typeof about>;

/** Of every scene that is not a plan; absent: not told, and nothing is said of it. */
const surroundings = { brand: brand.optional(), about: about.optional() };

/** Starting, reaching the server, or fetching the first files. `progress` in bytes once it is known. */
export const splashMessage = z.strictObject({
  kind: z.literal("splash"),
  status: z.enum(["starting", "connecting", "offline", "syncing"]),
  serverHost: label.nullable(),
  screenName: label.nullable(),
  organizationName: label.nullable(),
  progress: z.strictObject({ readyBytes: z.number().min(0), totalBytes: z.number().min(0) }).nullable(),
  ...surroundings,
});
export type SplashMessage = z.infer<typeof splashMessage>;

/** `userCode` is bare (letters alone): the stage groups it. The QR code of `claimUrl` is drawn by the stage. */
export const pairingMessage = z.strictObject({
  kind: z.literal("pairing"),
  clockOffsetMs,
  userCode: z.string().min(4).max(20),
  claimUrl: z.string().max(500),
  serverHost: label,
  startedAtMs: serverMs,
  expiresAtMs: serverMs,
  /** False while the server is not reached, so that nobody waits for a code to be taken; absent: not told. */
  isOnline: z.boolean().optional(),
  ...surroundings,
});
export type PairingMessage = z.infer<typeof pairingMessage>;

/** Claimed, and nothing plays yet: names the organization and offers to refuse until `vetoUntilMs`. */
export const claimedMessage = z.strictObject({
  kind: z.literal("claimed"),
  clockOffsetMs,
  organizationName: label,
  vetoUntilMs: serverMs,
  ...surroundings,
});
export type ClaimedMessage = z.infer<typeof claimedMessage>;

/** Paired, and nothing to play. */
export const idleMessage = z.strictObject({
  kind: z.literal("idle"),
  screenName: label,
  organizationName: label,
  serverHost: label.nullable(),
  isOnline: z.boolean(),
  ...surroundings,
});
export type IdleMessage = z.infer<typeof idleMessage>;

/** Says on top of any scene, for a while, which screen this is. */
export const identifyMessage = z.strictObject({
  kind: z.literal("identify"),
  screenName: label,
  organizationName: label.nullable(),
  /** A few letters or digits to read out loud, such as the end of the screen's id; absent: none. */
  shortId: z.string().min(1).max(12).optional(),
  /** Whether the server is reached; absent: not told. */
  isOnline: z.boolean().optional(),
  seconds: z.number().min(1).max(600),
});
export type IdentifyMessage = z.infer<typeof identifyMessage>;

/** Over a plan: whose the screen is now, with the offer to refuse until `untilMs`. Null takes it off the glass. */
export const vetoMessage = z.strictObject({
  kind: z.literal("veto"),
  offer: z.strictObject({ organizationName: label, untilMs: serverMs }).nullable(),
});
export type VetoMessage = z.infer<typeof vetoMessage>;

/** How every scene is drawn and heard. Holds until the next one; before the first: no turn, silent. */
export const settingsMessage = z.strictObject({
  kind: z.literal("settings"),
  rotation,
  /** 0 is muted. */
  volumePercent: z.number().min(0).max(100),
});
export type SettingsMessage = z.infer<typeof settingsMessage>;

/**
 * Said by the shell, never by the engine: the web page in the frame of this name could not be loaded, its
 * process died, or it does not answer any more. A page cannot learn that of a frame of another origin by itself.
 */
export const webFailedMessage = z.strictObject({
  kind: z.literal("web-failed"),
  frameName: z.string().min(1).max(60),
  reason: z.enum(["load", "crash", "stalled"]),
  text: z.string().max(300),
});
export type WebFailedMessage = z.infer<typeof webFailedMessage>;

export const toStage = z.discriminatedUnion("kind", [
  splashMessage,
  pairingMessage,
  claimedMessage,
  idleMessage,
  planMessage,
  identifyMessage,
  vetoMessage,
  settingsMessage,
  webFailedMessage,
]);
export type ToStage = z.infer<typeof toStage>;
/** The messages that replace each other on the glass. */
export type Scene = Exclude<ToStage, { kind: "identify" | "veto" | "settings" | "web-failed" }>;

/** The page stands and listens: say everything from the start. Sizes in device pixels. */
export const readyMessage = z.strictObject({
  kind: z.literal("ready"),
  protocol: z.int(),
  widthPixels: z.int().min(0),
  heightPixels: z.int().min(0),
});

/** The slot's content is decoded and can be painted at once. */
export const preparedMessage = z.strictObject({
  kind: z.literal("prepared"),
  zoneId,
  slotId,
  tookMs: z.number().min(0),
});

/**
 * The glass changed: from `atMs` on it shows the content of `slotId`, or, where that could not be shown, the
 * content of `standInSlotId` for as long as `slotId` lasts. `lateMs` counts from the slot's start or, if
 * later, from the arrival of the plan that first named it. A showing ends when the next one of its zone is
 * told, when it is told as `gone`, or when another scene is told.
 */
export const shownMessage = z.strictObject({
  kind: z.literal("shown"),
  zoneId,
  slotId,
  standInSlotId: slotId.nullable(),
  atMs: serverMs,
  lateMs: z.number(),
});
export type ShownMessage = z.infer<typeof shownMessage>;

/**
 * From `atMs` on the zone shows nothing: it, or its act, left the canvas, or it is empty for a while. `slotId` is
 * the showing that ended.
 */
export const goneMessage = z.strictObject({ kind: z.literal("gone"), zoneId, slotId, atMs: serverMs });
export type GoneMessage = z.infer<typeof goneMessage>;

/** Another scene than a plan is on the glass; every showing of a plan has ended. */
export const sceneMessage = z.strictObject({
  kind: z.literal("scene"),
  scene: z.enum(["splash", "pairing", "claimed", "idle"]),
  atMs: serverMs,
});

export const FAILURE_REASONS = ["load", "decode", "timeout", "stalled", "crash"] as const;
/**
 * The slot's content cannot be shown: it did not load, would not decode, was not ready long after its start,
 * stood still, or took its process down. Told once a slot; a stand-in or the former picture is on the glass meanwhile.
 */
export const failedMessage = z.strictObject({
  kind: z.literal("failed"),
  zoneId,
  slotId,
  reason: z.enum(FAILURE_REASONS),
  text: z.string().max(300),
});
export type FailedMessage = z.infer<typeof failedMessage>;

/**
 * Sent every second from inside a frame that is being painted, so a stage that no longer paints falls
 * silent. Frame figures are of the time since the last pulse; the stage counts frames only while something
 * moves or changes, so all may be 0 under a still picture.
 */
export const pulseMessage = z.strictObject({
  kind: z.literal("pulse"),
  scene: z.enum(["none", "splash", "pairing", "claimed", "idle", "plan"]),
  onGlass: z.array(z.strictObject({ zoneId, slotId, standInSlotId: slotId.nullable() })),
  frames: z.strictObject({
    painted: z.int().min(0),
    dropped: z.int().min(0),
    longestGapMs: z.number().min(0),
    videoPainted: z.int().min(0),
    videoDropped: z.int().min(0),
  }),
  /** Script memory of the page, where the browser tells. */
  heapBytes: z.number().min(0).nullable(),
});
export type PulseMessage = z.infer<typeof pulseMessage>;

/** A person at the glass refused the organization of `claimed` or `veto`. */
export const refusedMessage = z.strictObject({ kind: z.literal("refused") });

/** Something unforeseen went wrong in the page, or a message was not understood; for the log. */
export const troubleMessage = z.strictObject({ kind: z.literal("trouble"), text: z.string().max(1000) });

export const fromStage = z.discriminatedUnion("kind", [
  readyMessage,
  preparedMessage,
  shownMessage,
  goneMessage,
  sceneMessage,
  failedMessage,
  pulseMessage,
  refusedMessage,
  troubleMessage,
]);
export type FromStage = z.infer<typeof fromStage>;

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:");
}
