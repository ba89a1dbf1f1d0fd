import type { ManifestFile } from "@vitrine/core/model/manifest";
import { type Claimed, createClaimed } from "./claimed.ts";
import { takeUpFolder } from "./data-format.ts";
import type { EngineDeps } from "./engine-deps.ts";
import { createEventSpool, createScreenEvents } from "./events/screen-events.ts";
import { createScreenNews } from "./events/screen-news.ts";
import { createGlass } from "./glass/glass.ts";
import { createFrameLog } from "./health/frame-log.ts";
import { keepFed } from "./health/keeper.ts";
import { CRASH_LIMIT, noteStart, SAFE_MS } from "./health/starts.ts";
import { createToldVitals } from "./health/told-vitals.ts";
import { createVitals } from "./health/vitals.ts";
import { createWatchdog } from "./health/watchdog.ts";
import type { Credential } from "./identity/credential.ts";
import { createLifeRunner } from "./life/life-runner.ts";
import type { LifeEffect } from "./life/machine.ts";
import { createOwnership } from "./life/ownership.ts";
import { createTimeKeeper } from "./link/time-keeper.ts";
import { createOrders } from "./orders.ts";
import { createDeadline } from "./platform/clock.ts";
import { createFaults, type FaultChange } from "./platform/faults.ts";
import { describe } from "./platform/log.ts";
import { unreachable } from "./platform/unreachable.ts";
import { watchDisk } from "./platform/watched-store.ts";
import { createDirector } from "./playback/director.ts";
import { createPlaySpool } from "./plays/play-spool.ts";
import { createRecorder } from "./plays/recorder.ts";
import { createScreenReport } from "./screen-report.ts";
import { createStageListener } from "./stage-listener.ts";
import { createStatus, type ScreenStatus } from "./status/screen-status.ts";
import { createCache } from "./sync/cache.ts";
import { createManifestStore } from "./sync/manifest-store.ts";
import { createMediaFinder } from "./sync/media-finder.ts";
import { isWipeUnfinished, wipeThoroughly } from "./wipe.ts";

/** One screen. Starts with `start`; disposal is the orderly stop. */
export interface Engine extends AsyncDisposable {
  /** Opens the shell and takes up what is on disk. Rejects when shell or data folder cannot be used. */
  start(): Promise<void>;
  /** Why it stops, for its history; told before the disposal. */
  willStop(reason: string): void;
  /** How it is now, for who stands before it. */
  status(): Promise<ScreenStatus>;
}

const SHELL_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 3000;
const SPLASH_EVERY_MS = 1000;
const IDENTIFY_SECONDS = 10;
/** A stage that pulses for so long shows that this version of the player is well. */
const HEALTHY_MS = 60_000;

/** The engine of one data folder and one shell: makes its parts and lets them hear of each other. */
export async function createEngine(given: EngineDeps): Promise<Engine> {
  const { clock, log, shell } = given;
  const abort = new AbortController();
  const { signal } = abort;
  const bootId = given.random.id();
  let isBuilt = false;
  /** What goes wrong before there is a history to note it in. */
  const early: FaultChange[] = [];
  let tellFault: (change: FaultChange) => void = (change) => early.push(change);
  const faults = createFaults((change) => {
    if (change) tellFault(change);
    if (isBuilt) announce();
  });
  const files = watchDisk(given.files, { clock, faults });
  const deps = { ...given, files, faults };
  await takeUpFolder(files, deps);
  const machineBootId = await deps.machine.bootId();
  const starts = await noteStart({ ...deps, machineBootId });
  const time = await createTimeKeeper(deps);
  const { serverClock } = time;
  const spool = createPlaySpool(deps);
  const eventSpool = createEventSpool(deps);
  const events = createScreenEvents({ ...deps, serverClock, spool: eventSpool, bootId });
  const news = createScreenNews(events);
  let hasBooted = false;
  let stopReason = "asked to";
  let claimed: Claimed | undefined;
  let vetoTimer: Disposable | undefined;
  let safeTimer: Disposable | undefined;

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
    clock,
    log,
    perform: (effect) => perform(effect),
    onChange(next) {
      news.onLife(next);
      deps.onLife(next, {
        userCode: ownership.pairing?.userCode,
        organizationName: claimed?.credential.organizationName,
      });
    },
    signal,
  });
  const manifests = createManifestStore(files);
  const cache = createCache({ files, clock, onDamaged });
  const recorder = createRecorder({ clock, serverClock, spool, bootId });
  const director = createDirector({
    ...deps,
    serverClock,
    cache,
    isSuspect: starts.isSuspect,
    onScene: () => glass.render(),
    onShowing(showing) {
      recorder.onShowing(showing);
      claimed?.heartbeat.soon();
    },
  });
  const frames = createFrameLog({ clock, log });
  const readVitals = createVitals({
    ...{ ...deps, serverClock, spool, cache },
    getFramesDropped: frames.dropped,
    getRestarts: () => watchdog.restarts(),
  });
  const report = await createScreenReport({
    ...{ ...deps, bootId, recorder, director, cache },
    readVitals: createToldVitals(clock, readVitals),
    getLife: () => life.life(),
    findClaimed: () => claimed,
    findPairing: () => ownership.pairing,
  });
  const glass = createGlass({ shell, serverClock, getFacts: () => report.glassFacts(hasBooted) });
  const bounded = async (work: (limit: AbortSignal) => Promise<void>) => {
    using deadline = createDeadline(clock, signal, SHELL_LIMIT_MS);
    await work(deadline.signal);
  };
  const watchdog = createWatchdog({
    clock,
    log,
    reloadStage: () => bounded((limit) => shell.reloadStage(limit)),
    relaunch: () => bounded((limit) => shell.relaunch(limit)),
    onLost(reason) {
      news.onStageLost(reason);
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
      ...{ serverClock, cache, manifests, spool, eventSpool, credential },
      identity: ownership.identity,
      hardware: report.hardware,
      composeBeat: report.composeBeat,
      capture: (limit) => shell.capture(limit),
      bootId,
      machineBootId,
      handlers: orders,
      onActive({ manifest }) {
        shell.setPrivateHosts([...new Set([...deps.allowedHosts, ...(manifest.privateHosts ?? [])])]);
        void events.note("manifest_active", { revision: manifest.revision });
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
    if (hasBooted) glass.render();
    faults.clearAll();
    const contents = [manifests.wipe, cache.wipe, spool.wipe, eventSpool.wipe];
    const traces = ["commands.json", "logs/kiosk.log", "logs/kiosk.log.1"].map(
      (path) => () => files.remove(path),
    );
    await wipeThoroughly(files, [...contents, ...traces, ...ownership.wipeParts]);
    shell.setPrivateHosts(deps.allowedHosts);
    if (!hasBooted) return;
    // A browser that begins anew has neither pictures nor cookies of the former owner.
    await bounded((limit) => shell.relaunch(limit)).catch((error: unknown) =>
      log.warn("shell_not_renewed", { reason: describe(error) }),
    );
  };

  const identify = () => {
    shell.send({
      kind: "identify",
      screenName: claimed?.sync.findActive()?.manifest.deviceName ?? "This screen",
      organizationName: claimed?.credential.organizationName ?? null,
      ...(claimed ? { shortId: claimed.credential.deviceId.slice(-6) } : {}),
      isOnline: !life.life().isOffline,
      seconds: IDENTIFY_SECONDS,
    });
  };

  const onMachine = () => {
    news.onDisplay(deps.display.report());
    news.onUpdate(deps.updater.report());
    claimed?.heartbeat.soon();
  };
  const orders = createOrders({ ...deps, director, identify, onMachine });

  let aliveSinceMs: number | undefined;
  /** Pulses without a gap: this version plays. */
  const noteHealth = () => {
    const nowMs = clock.monotonicMs();
    if (life.life().isRecovering) aliveSinceMs = undefined;
    else aliveSinceMs ??= nowMs;
    if (aliveSinceMs !== undefined && nowMs - aliveSinceMs >= HEALTHY_MS) deps.updater.onHealthy();
  };
  const onMessage = createStageListener({
    ...{ recorder, director, watchdog, log },
    onReady(widthPixels, heightPixels) {
      report.setDisplay(widthPixels, heightPixels);
      glass.renderAll();
    },
    onFrames(told) {
      frames.onFrames(told);
      noteHealth();
    },
    onRefused: () => life.dispatch({ kind: "refused" }),
    onScene: () => claimed?.heartbeat.soon(),
  });

  const findMedia = createMediaFinder({
    ...{ files, cache, log, signal },
    findManifests: () => [claimed?.sync.findActive(), claimed?.sync.findNewest()],
  });

  const boot = async () => {
    if (await isWipeUnfinished(files)) await wipe();
    await Promise.all([cache.load(), spool.load(), eventSpool.load()]);
    await starts.noteOnGlass(spool.recovered().map(({ assetId }) => assetId));
    void events.note("started", { version: deps.appVersion, reason: starts.reason });
    tellFault = news.onFault;
    for (const change of early) tellFault(change);
    if (starts.crashes >= CRASH_LIMIT) {
      const text = `The player ended without order ${starts.crashes} times within 15 minutes`;
      faults.raise("often_restarting", text);
      safeTimer = clock.after(SAFE_MS, () => {
        faults.clear("often_restarting");
        director.replan();
      });
    }
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

  /** What the machine can do is taken up beside playback, which never waits for it. */
  const startMachine = () => {
    for (const part of [deps.display, deps.updater]) {
      void part.start(onMachine, signal).catch((error: unknown) => {
        if (!signal.aborted) log.warn("machine_not_ready", { reason: describe(error) });
      });
    }
  };

  const status = createStatus({
    ...{ ...deps, serverClock, director, recorder, starts, readVitals },
    getLife: () => life.life(),
    findClaimed: () => claimed,
  });
  isBuilt = true;
  let feeding: Disposable | undefined;
  return {
    status,
    willStop(reason) {
      stopReason = reason;
    },
    async start() {
      log.info("boot", { bootId });
      shell.setPrivateHosts(deps.allowedHosts);
      const opening = shell.open(
        { media: { findMedia }, window: deps.window, dataFolder: deps.shellFolder, ownHosts: deps.ownHosts },
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
      startMachine();
      feeding = keepFed({ clock, power: deps.power, isAlive: () => !life.isStuck() });
      time.start((byMs) => {
        news.onClock(byMs);
        director.replan();
        glass.render();
      });
      showProgress();
    },
    async [Symbol.asyncDispose]() {
      if (signal.aborted) return;
      watchdog[Symbol.dispose]();
      time[Symbol.dispose]();
      feeding?.[Symbol.dispose]();
      safeTimer?.[Symbol.dispose]();
      recorder.onGone({ isSilent: false });
      await events.note("stopped", { reason: stopReason });
      using deadline = createDeadline(clock, new AbortController().signal, STOP_LIMIT_MS);
      await claimed?.sayGoodbye(deadline.signal);
      await time.remember();
      director.stop();
      abort.abort(new Error("The kiosk stops"));
      vetoTimer?.[Symbol.dispose]();
      await Promise.all([claimed?.[Symbol.asyncDispose](), ownership.stopPairing(), life.settled()]);
      await Promise.all([deps.display[Symbol.asyncDispose](), deps.updater[Symbol.asyncDispose]()]);
      await shell[Symbol.asyncDispose]();
      await Promise.all([spool[Symbol.asyncDispose](), eventSpool[Symbol.asyncDispose]()]);
      await starts.end();
      files[Symbol.dispose]();
    },
  };
}
