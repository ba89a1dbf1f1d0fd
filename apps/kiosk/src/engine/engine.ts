import type { ManifestFile } from "@vitrine/core/model/manifest";
import type { FromStage } from "../shared/messages.ts";
import type { MediaFile } from "../shared/shell.ts";
import { type Claimed, createClaimed } from "./claimed.ts";
import type { EngineDeps } from "./engine-deps.ts";
import { createGlass } from "./glass/glass.ts";
import { createFrameLog } from "./health/frame-log.ts";
import { createWatchdog } from "./health/watchdog.ts";
import type { Credential } from "./identity/credential.ts";
import { createLifeRunner } from "./life/life-runner.ts";
import type { LifeEffect } from "./life/machine.ts";
import { createOwnership } from "./life/ownership.ts";
import { createTimeKeeper } from "./link/time-keeper.ts";
import { createDeadline } from "./platform/clock.ts";
import { createFaults } from "./platform/faults.ts";
import { unreachable } from "./platform/unreachable.ts";
import { createDirector } from "./playback/director.ts";
import { createRecorder } from "./plays/recorder.ts";
import { createSpool } from "./plays/spool.ts";
import { createScreenReport } from "./screen-report.ts";
import { filesOf } from "./sync/activation.ts";
import { createCache, pathOf } from "./sync/cache.ts";
import { createManifestStore } from "./sync/manifest-store.ts";
import { isWipeUnfinished, wipeThoroughly } from "./wipe.ts";

/** One screen. Starts with `start`; disposal is the orderly stop. */
export interface Engine extends AsyncDisposable {
  /** Opens the shell and takes up what is on disk. Rejects when shell or data folder cannot be used. */
  start(): Promise<void>;
}

const SHELL_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 3000;
const SPLASH_EVERY_MS = 1000;
const IDENTIFY_SECONDS = 10;

/** The engine of one data folder and one shell: makes its parts and lets them hear of each other. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const { clock, files, log, shell } = deps;
  const abort = new AbortController();
  const { signal } = abort;
  const bootId = deps.random.id();
  const time = await createTimeKeeper(deps);
  const { serverClock } = time;
  let hasBooted = false;
  let claimed: Claimed | undefined;
  let vetoTimer: Disposable | undefined;

  const announce = () => {
    glass.render();
    claimed?.heartbeat.soon();
  };
  const onReachable = (isReachable: boolean) => {
    if (isReachable === life.life().isOffline) life.dispatch({ kind: isReachable ? "link_up" : "link_down" });
  };
  const onDamaged = (file: ManifestFile) => {
    const name = file.sha256.slice(0, 8);
    log.warn("file_damaged", { sha256: file.sha256 });
    faults.raise(
      "file_damaged",
      `A stored file (${name}) was found damaged and is being mended`,
      file.sha256,
    );
    claimed?.sync.onDamaged(file);
    director.replan();
  };

  const life = createLifeRunner({
    log,
    perform: (effect) => perform(effect),
    onChange: (next) =>
      deps.onLife(next, {
        userCode: ownership.pairing?.userCode,
        organizationName: claimed?.credential.organizationName,
      }),
    signal,
  });
  const faults = createFaults(announce);
  const manifests = createManifestStore(files);
  const cache = createCache({ files, clock, onDamaged });
  const spool = createSpool({ files, clock, log, faults });
  const recorder = createRecorder({ clock, serverClock, spool, bootId });
  const director = createDirector({
    ...deps,
    serverClock,
    cache,
    faults,
    onScene: () => glass.render(),
    onShowing(showing) {
      recorder.onShowing(showing);
      claimed?.heartbeat.soon();
    },
  });
  const report = await createScreenReport({
    ...deps,
    bootId,
    serverClock,
    recorder,
    director,
    getLife: () => life.life(),
    getRestarts: () => watchdog.restarts(),
    findClaimed: () => claimed,
    findPairing: () => ownership.pairing,
  });
  const glass = createGlass({ shell, serverClock, getFacts: () => report.glassFacts(hasBooted) });
  const logFrames = createFrameLog({ clock, log });
  const bounded = async (work: (limit: AbortSignal) => Promise<void>) => {
    using deadline = createDeadline(clock, signal, SHELL_LIMIT_MS);
    await work(deadline.signal);
  };
  const watchdog = createWatchdog({
    clock,
    log,
    reloadStage: () => bounded((limit) => shell.reloadStage(limit)),
    relaunch: () => bounded((limit) => shell.relaunch(limit)),
    onLost() {
      recorder.onGone({ isSilent: true });
      life.dispatch({ kind: "stage_lost" });
    },
    onBack: () => life.dispatch({ kind: "stage_back" }),
  });
  const ownership = await createOwnership({
    ...deps,
    serverClock,
    hardware: report.hardware,
    onCode: () => life.dispatch({ kind: "code_issued" }),
    onExpired: () => life.dispatch({ kind: "code_expired" }),
    async onClaimed(credential) {
      adopt(credential);
      await claimed?.sync.boot();
      life.dispatch({ kind: "claimed", isVetoOpen: ownership.vetoLeftMs(credential) > 0 });
    },
    onReachable,
    signal,
  });

  const adopt = (credential: Credential) => {
    claimed = createClaimed({
      ...deps,
      ...{ serverClock, faults, cache, manifests, spool, credential },
      identity: ownership.identity,
      hardware: report.hardware,
      composeBeat: report.composeBeat,
      capture: (limit) => shell.capture(limit),
      bootId,
      machineBootId: null,
      handlers: {
        identify: async () => identify(),
        reload: (_, limit) => shell.reloadStage(limit),
        next: refuse,
        previous: refuse,
        restart: refuse,
        reboot: refuse,
        display_on: refuse,
        display_off: refuse,
        update: refuse,
      },
      onActive({ manifest }) {
        director.setManifest(manifest);
        life.dispatch({ kind: "playable" });
        announce();
      },
      onFileReady() {
        director.replan();
        announce();
      },
      onRevoked: () => life.dispatch({ kind: "revoked" }),
      onReachable,
    });
    vetoTimer?.[Symbol.dispose]();
    vetoTimer = clock.after(ownership.vetoLeftMs(credential), () => {
      void ownership.endVeto().catch(() => {});
      life.dispatch({ kind: "veto_over" });
    });
  };

  const perform = async (effect: LifeEffect): Promise<void> => {
    switch (effect.kind) {
      case "start_pairing":
        return ownership.startPairing();
      case "stop_pairing":
        return ownership.stopPairing();
      case "start_link":
        return claimed?.start();
      case "stop_link":
        vetoTimer?.[Symbol.dispose]();
        await claimed?.[Symbol.asyncDispose]();
        claimed = undefined;
        return;
      case "start_playback":
        return director.start();
      case "stop_playback":
        director.stop();
        return recorder.onGone({ isSilent: false });
      case "tell_refusal":
        return ownership.tellRefusal();
      case "wipe":
        return wipe();
      case "announce":
        return announce();
      default:
        return unreachable(effect);
    }
  };

  const wipe = async () => {
    log.warn("wipe");
    const contents = [manifests.wipe, cache.wipe, spool.wipe, () => files.remove("commands.json")];
    await wipeThoroughly(files, [...contents, ...ownership.wipeParts]);
  };

  const refuse = async () => {
    throw new Error("This version of the player cannot do this");
  };
  const identify = () => {
    shell.send({
      kind: "identify",
      screenName: claimed?.sync.findActive()?.manifest.deviceName ?? "This screen",
      organizationName: claimed?.credential.organizationName ?? null,
      seconds: IDENTIFY_SECONDS,
    });
  };

  const onMessage = (message: FromStage) => {
    switch (message.kind) {
      case "ready":
        report.setDisplay(message.widthPixels, message.heightPixels);
        recorder.onGone({ isSilent: true });
        director.onStageEmpty();
        return glass.renderAll();
      case "shown":
        return director.onShown(message);
      case "gone":
        recorder.onZoneGone(message);
        return director.onGone(message);
      case "failed":
        return director.onFailed(message);
      case "scene":
        recorder.onGone({ isSilent: false });
        director.onStageEmpty();
        return claimed?.heartbeat.soon();
      case "pulse":
        logFrames(message.frames);
        watchdog.onPulse();
        return recorder.onPulse();
      case "refused":
        return life.dispatch({ kind: "refused" });
      case "trouble":
        return log.warn("stage_trouble", { text: message.text });
      case "prepared":
        return;
      default:
        return unreachable(message);
    }
  };

  const findMedia = async (sha256: string): Promise<MediaFile | undefined> => {
    const known = [claimed?.sync.findActive(), claimed?.sync.findNewest()].filter((one) => one !== undefined);
    const file = known.flatMap(({ manifest }) => filesOf(manifest)).find((one) => one.sha256 === sha256);
    if (!file || !(await cache.isFit(file, signal))) return undefined;
    return { path: files.absolute(pathOf(sha256)), sizeBytes: file.sizeBytes, mediaType: file.mediaType };
  };

  const boot = async () => {
    if (await isWipeUnfinished(files)) await wipe();
    await Promise.all([cache.load(), spool.load()]);
    const credential = await ownership.findCredential();
    if (credential) adopt(credential);
    const isPlayable = (await claimed?.sync.boot()) ?? false;
    hasBooted = true;
    const isVetoOpen = credential !== undefined && ownership.vetoLeftMs(credential) > 0;
    life.dispatch({ kind: "booted", isClaimed: credential !== undefined, isVetoOpen, isPlayable });
  };

  /** The splash shows how far the download is; every other scene says what is new by itself. */
  const showProgress = () => {
    if (signal.aborted) return;
    if (life.life().state === "syncing") glass.render();
    clock.after(SPLASH_EVERY_MS, showProgress);
  };

  return {
    async start() {
      const opening = shell.open(
        { media: { findMedia }, window: deps.window, dataFolder: deps.shellFolder },
        {
          onMessage,
          onCrash({ kind, text }) {
            log.warn("shell_crash", { kind, text });
            watchdog.onCrash(kind);
          },
          onClosed: deps.onClosed,
        },
        signal,
      );
      await Promise.all([opening.then(() => watchdog.start()), boot()]);
      time.start(() => {
        director.replan();
        glass.render();
      });
      showProgress();
    },
    async [Symbol.asyncDispose]() {
      if (signal.aborted) return;
      watchdog[Symbol.dispose]();
      time[Symbol.dispose]();
      recorder.onGone({ isSilent: false });
      using deadline = createDeadline(clock, new AbortController().signal, STOP_LIMIT_MS);
      await claimed?.sayGoodbye(deadline.signal);
      await time.remember();
      director.stop();
      abort.abort(new Error("The kiosk stops"));
      vetoTimer?.[Symbol.dispose]();
      await Promise.all([claimed?.[Symbol.asyncDispose](), ownership.stopPairing(), life.settled()]);
      await shell[Symbol.asyncDispose]();
      await spool[Symbol.asyncDispose]();
    },
  };
}
