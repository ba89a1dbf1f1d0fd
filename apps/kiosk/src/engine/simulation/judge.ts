import type { Manifest } from "@vitrine/core/model/manifest";
import { filesOf } from "../sync/activation.ts";
import { sha256Hex } from "../sync/chunk-list.ts";
import { createExpectation, type Expectation } from "./expected.ts";
import { findPromoted, hasPointer, missingFiles } from "./promoted.ts";
import type { World } from "./world.ts";

/** A rule that was broken: `I1` to `I5` of SPEC.md, what, and when by the machine's monotonic clock. */
export interface Violation {
  rule: "I1" | "I2" | "I3" | "I4" | "I5";
  atMs: number;
  text: string;
}

/** Looks at a world as it goes, and says what breaks the rules. */
export interface Judge {
  readonly violations: Violation[];
  /** How often the glass was held against `playheadAt`. */
  readonly looks: () => number;
  /** Begins to look, once a second and at each change of the disk. */
  start(): void;
  /** The glass may differ from the plan for a while from now on. */
  disturb(): void;
  /** Looks at the disk as a process finds it that starts now. */
  lookAtDisk(): void;
  report(rule: Violation["rule"], text: string): void;
}

export interface JudgeDeps {
  world: World;
  /** Every manifest that the server ever had, by ETag. */
  manifests: ReadonlyMap<string, Manifest>;
  /** Files that the world damaged. */
  spoiled: Set<string>;
  /** Something of the world that is wrong now makes the glass differ. */
  isDisturbed(): boolean;
  /** Whether the line was well, and the server's clock left alone, for so long that the screen must know the time. */
  isInTouch(): boolean;
  expectation?: Expectation;
}

const LOOK_EVERY_MS = 1000;
/** What befell the screen is over after the longest item and the watchdog's patience. */
const CALM_AFTER_MS = 60_000;
/** Stage and process stand this long before a blank glass is held against them. */
const STANDING_MS = 1500;
const FRAME_MS = 17;
/** What a screen in touch may be wrong about the time, on a line of 20 ms. */
const CLOCK_WITHIN_MS = 100;
/** The stage is back after its silence was noticed and a few loads failed. */
const BACK_WITHIN_MS = 120_000;
const MOST = 20;

/** The judge of one world. */
export function createJudge(deps: JudgeDeps): Judge {
  const { world, manifests, spoiled } = deps;
  const { clock, disk, stage } = world;
  const expectation = deps.expectation ?? createExpectation();
  let disturbedMs = Number.NEGATIVE_INFINITY;
  let offsetMs = 0;
  let looks = 0;
  let judgedShowings = 0;
  let hasPromoted = false;
  let lateBlanks = 0;
  let judgedEtag = "";

  const report = (rule: Violation["rule"], text: string) => {
    if (self.violations.length < MOST)
      self.violations.push({ rule, atMs: Math.round(clock.monotonicMs()), text });
  };

  let stamp = "";
  let known: ReturnType<typeof findPromoted>;
  /** Read again only when one of the three files is another. */
  const promotedNow = () => {
    const next = ["current", "a", "b"].map((name) => disk.stampOf(`manifests/${name}`)).join(" ");
    if (next !== stamp) known = findPromoted(disk);
    stamp = next;
    return known;
  };
  const promotedManifest = () => {
    const promoted = promotedNow();
    const manifest = promoted && manifests.get(promoted.etag);
    return promoted && manifest ? { ...promoted, manifest } : undefined;
  };

  /** I1: from the first last good manifest on, there is one, and all of its files. */
  const lookAtPromoted = (isDeep: boolean) => {
    const promoted = promotedManifest();
    if (!promoted) {
      if (hasPromoted)
        report("I1", hasPointer(disk) ? "the last good manifest cannot be read" : "no last good manifest");
      return;
    }
    hasPromoted = true;
    const missing = missingFiles(disk, promoted.manifest, { spoiled, isDeep });
    if (missing.length > 0)
      report("I1", `files of the last good manifest are not there: ${missing.join(", ")}`);
  };

  const isPlayable = (manifest: Manifest) => {
    const sound = filesOf(manifest).filter(
      ({ sha256 }) => !stage.undecodable.has(sha256) && !spoiled.has(sha256),
    );
    return manifest.assets.some(({ file }) => file === null) || sound.length > 0;
  };

  /** Time in which both process and stage were well. */
  const standingMs = () => {
    const process = world.processes.at(-1);
    if (!process?.isAlive || stage.state() !== "alive") return 0;
    return clock.monotonicMs() - Math.max(process.startedMs, stage.changedMs());
  };

  const lookAtGlass = () => {
    const promoted = promotedManifest();
    if (!promoted || disk.trouble.failing > 0) return;
    const isBlank = stage.glass().size === 0;
    if (isBlank && standingMs() > STANDING_MS && isPlayable(promoted.manifest))
      report("I2", `nothing is on the glass after ${standingMs()} ms`);
    for (; lateBlanks < stage.blanks.length; lateBlanks += 1) {
      const blank = stage.blanks[lateBlanks];
      if (!blank || blank.untilMs === Number.POSITIVE_INFINITY) break;
      const sinceMs = clock.monotonicMs() - standingMs();
      const isMidPlay = blank.fromMs - sinceMs > STANDING_MS && hasPromoted;
      if (isMidPlay && isPlayable(promoted.manifest))
        report("I2", `the glass was blank from ${blank.fromMs} ms to ${blank.untilMs} ms`);
    }
    const process = world.processes.at(-1);
    const isAway = process?.isAlive && stage.state() !== "alive";
    if (isAway && clock.monotonicMs() - Math.max(stage.changedMs(), process.startedMs) > BACK_WITHIN_MS)
      report("I2", `the stage is ${stage.state()} and was not brought back`);
  };

  /** I3: with nothing wrong, each zone shows what `playheadAt` says, from its start on. */
  const lookAtPlan = () => {
    const nowMs = stage.serverNowMs();
    const currentOffsetMs = nowMs - clock.monotonicMs();
    const promoted = promotedManifest();
    const isMoved = Math.abs(currentOffsetMs - offsetMs) > 100;
    const isAnother = promoted?.etag !== judgedEtag;
    judgedEtag = promoted?.etag ?? "";
    if (isMoved || isAnother || !promoted?.isNewest || deps.isDisturbed()) disturbedMs = clock.monotonicMs();
    offsetMs = currentOffsetMs;
    const isCalm = clock.monotonicMs() - disturbedMs > CALM_AFTER_MS && standingMs() > CALM_AFTER_MS / 2;
    const fresh = stage.showings.slice(judgedShowings);
    judgedShowings = stage.showings.length;
    if (!isCalm || !promoted) return;
    looks += 1;
    const offMs = nowMs - world.server.nowMs();
    if (deps.isInTouch() && Math.abs(offMs) > CLOCK_WITHIN_MS)
      report("I3", `the screen's clock is ${Math.round(offMs)} ms off`);
    const expected = expectation.at(promoted.manifest, nowMs);
    const coming = expectation.at(promoted.manifest, nowMs + FRAME_MS);
    for (const [zoneId, { content, startMs }] of expected) {
      const isTime = nowMs - startMs > FRAME_MS && coming.get(zoneId)?.startMs === startMs;
      const seen = stage.glass().get(zoneId);
      if (isTime && seen !== content && !isExcepted(content))
        report(
          "I3",
          `zone ${zoneId} shows ${seen?.slice(0, 20)} instead of ${content.slice(0, 20)} since ${startMs}`,
        );
    }
    for (const { zoneId, content, atMs } of fresh) {
      const planned = expectation.at(promoted.manifest, atMs).get(zoneId);
      if (planned && isExcepted(planned.content)) continue;
      if (planned?.content !== content)
        report(
          "I3",
          `zone ${zoneId} came to show ${content.slice(0, 20)} instead of ${planned?.content.slice(0, 20)}`,
        );
      else if (atMs - planned.startMs > FRAME_MS)
        report(
          "I3",
          `zone ${zoneId} shows ${content.slice(0, 20)} ${Math.round(atMs - planned.startMs)} ms late`,
        );
    }
  };

  /** The world spoiled it: another is shown in its place, for good or until it is mended. */
  const isExcepted = (content: string) => stage.failed.has(content) || spoiled.has(content);

  const look = () => {
    clock.after(LOOK_EVERY_MS, look);
    for (const sha256 of spoiled) {
      if (!isMended(sha256)) continue;
      spoiled.delete(sha256);
      self.disturb();
    }
    lookAtGlass();
    lookAtPlan();
  };
  const isMended = (sha256: string) => {
    const bytes = disk.read(`files/${sha256}`);
    return bytes !== undefined && sha256Hex(bytes) === sha256;
  };

  const self: Judge = {
    violations: [],
    looks: () => looks,
    start() {
      disk.watch = (moment, { kind, path }) => {
        const isOfInterest = kind === "rename" || kind === "remove" || kind === "truncate";
        if (moment === "after" && isOfInterest && /^(manifests|files)\b/.test(path)) lookAtPromoted(false);
        if (moment === "after" && kind === "syncFolder" && path === "manifests" && findPromoted(disk))
          hasPromoted = true;
      };
      look();
    },
    disturb() {
      disturbedMs = clock.monotonicMs();
    },
    lookAtDisk: () => lookAtPromoted(true),
    report,
  };
  return self;
}
