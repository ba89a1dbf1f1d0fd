import type { DeviceHardware } from "@vitrine/core/model/device";
import type { ManifestFile } from "@vitrine/core/model/manifest";
import * as z from "zod";
import type { FromStage, SettingsMessage } from "../shared/messages.ts";
import type { MediaFile, Shell, WindowMode } from "../shared/shell.ts";
import { type Claimed, createClaimed } from "./claimed.ts";
import { createGlass, type GlassFacts } from "./glass/glass.ts";
import type { MachineFacts } from "./health/machine-facts.ts";
import { createFrameLog } from "./health/frame-log.ts";
import { createWatchdog } from "./health/watchdog.ts";
import {
  type Credential,
  credentialFile,
  jsonFile,
  type OpenPairing,
  openPairingFile,
} from "./identity/credential.ts";
import { type Identity, loadIdentity, renewIdentity } from "./identity/identity.ts";
import { type Life, type LifeEffect, type LifeEvent, NEWBORN, stepLife } from "./life/machine.ts";
import type { Network } from "./link/http.ts";
import { createServerClock } from "./link/server-clock.ts";
import { pairingProof, pairScreen, refusePairing } from "./pairing/pairing.ts";
import { type Clock, createDeadline } from "./platform/clock.ts";
import { createFaults } from "./platform/faults.ts";
import type { FileStore } from "./platform/file-store.ts";
import { describe, type Log } from "./platform/log.ts";
import type { Random } from "./platform/random.ts";
import { unreachable } from "./platform/unreachable.ts";
import { createDirector } from "./playback/director.ts";
import type { Timelines } from "./playback/timelines.ts";
import { createRecorder } from "./plays/recorder.ts";
import { createSpool } from "./plays/spool.ts";
import { filesOf } from "./sync/activation.ts";
import { createCache } from "./sync/cache.ts";
import { createManifestStore } from "./sync/manifest-store.ts";
import type { Sync } from "./sync/sync.ts";
import { isWipeUnfinished, wipeThoroughly } from "./wipe.ts";

export interface EngineDeps {
  clock: Clock;
  random: Random;
  files: FileStore;
  network: Network;
  machine: MachineFacts;
  shell: Shell;
  log: Log;
  timelines: Timelines;
  /** Without a slash at its end. */
  serverUrl: string;
  appVersion: string;
  window: WindowMode;
  /** A folder for the shell's own files. */
  shellFolder: string;
  volumePercent: number;
  /** Never filled by content: room for plays, logs and manifests. */
  reserveBytes: number;
  cacheLimitBytes: number | null;
  /** Called after each change of the life, for a line on the console and for tests. */
  onLife(life: Life, details: { userCode: string | undefined; organizationName: string | undefined }): void;
  /** The person closed the window. */
  onClosed(): void;
}

/** One screen. Starts with `start`; disposal is the orderly stop. */
export interface Engine extends AsyncDisposable {
  /** Opens the shell and takes up what is on disk. Rejects when shell or data folder cannot be used. */
  start(): Promise<void>;
}

const rememberedTime = z.strictObject({ offsetMs: z.number(), lastMs: z.number() });
const REMEMBER_TIME_MS = 60_000;
const TICK_MS = 1000;
const LONGEST_VETO_MS = 35_000;
const STOP_LIMIT_MS = 3000;
const JUMP_MS = 20;

/** The engine of one data folder and one shell. */
export async function createEngine(deps: EngineDeps): Promise<Engine> {
  const { clock, files, log, shell } = deps;
  const abort = new AbortController();
  const { signal } = abort;
  const startedAtMs = clock.monotonicMs();
  const bootId = deps.random.id();
  const timeFile = jsonFile(files, "clock.json", rememberedTime);
  const serverClock = createServerClock(clock, await timeFile.find());
  const credentials = credentialFile(files);
  const openPairings = openPairingFile(files);
  const manifests = createManifestStore(files);
  const machineHardware = await deps.machine.hardware();

  let identity: Identity = await loadIdentity(files);
  let life: Life = NEWBORN;
  let hasBooted = false;
  let pairing: OpenPairing | undefined;
  let claimed: Claimed | undefined;
  let pairingAbort: AbortController | undefined;
  let pairingDone: Promise<void> = Promise.resolve();
  let vetoTimer: Disposable | undefined;
  let display = { widthPixels: 0, heightPixels: 0 };
  let effects = Promise.resolve();
  let lastOffsetMs = serverClock.offsetMs();
  let rememberedAtMs = startedAtMs;

  const announce = () => {
    glass.render();
    claimed?.heartbeat.soon();
  };
  const faults = createFaults(announce);
  const spool = createSpool({ files, clock, log, faults });
  const cache = createCache({ files, clock, onDamaged: (file) => onDamaged(file) });
  const recorder = createRecorder({ clock, serverClock, spool, bootId });
  const director = createDirector({
    clock,
    serverClock,
    timelines: deps.timelines,
    cache,
    faults,
    log,
    onScene: () => glass.render(),
    onShowing(showing) {
      recorder.onShowing(showing);
      claimed?.heartbeat.soon();
    },
  });
  const glass = createGlass({ shell, serverClock, getFacts: () => glassFacts() });
  const logFrames = createFrameLog({ clock, log });
  const watchdog = createWatchdog({
    clock,
    log,
    reloadStage: () => bounded((limit) => shell.reloadStage(limit)),
    relaunch: () => bounded((limit) => shell.relaunch(limit)),
    onLost() {
      recorder.onGone({ isSilent: true });
      dispatch({ kind: "stage_lost" });
    },
    onBack: () => dispatch({ kind: "stage_back" }),
  });

  const bounded = async <T>(work: (limit: AbortSignal) => Promise<T>): Promise<T> => {
    using deadline = createDeadline(clock, signal, 30_000);
    return await work(deadline.signal);
  };

  const dispatch = (event: LifeEvent) => {
    if (signal.aborted) return;
    const before = life;
    const step = stepLife(life, event);
    life = step.life;
    if (life !== before) log.info("life", { event: event.kind, ...life });
    for (const effect of step.effects) {
      effects = effects
        .then(() => perform(effect))
        .catch((error: unknown) =>
          log.error("effect_failed", { effect: effect.kind, reason: describe(error) }),
        );
    }
    if (life !== before || event.kind === "code_issued" || event.kind === "booted") tellLife();
  };

  const tellLife = () => {
    const organizationName = claimed?.credential.organizationName;
    deps.onLife(life, { userCode: pairing?.userCode, organizationName });
  };

  const perform = async (effect: LifeEffect): Promise<void> => {
    if (signal.aborted) return;
    switch (effect.kind) {
      case "start_pairing":
        return startPairing();
      case "stop_pairing":
        pairingAbort?.abort(new Error("Paired"));
        return pairingDone;
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
        return tellRefusal();
      case "wipe":
        return wipe();
      case "announce":
        return announce();
      default:
        return unreachable(effect);
    }
  };

  const startPairing = () => {
    pairingAbort = new AbortController();
    const stop = AbortSignal.any([signal, pairingAbort.signal]);
    pairingDone = pairScreen(
      {
        ...deps,
        identity,
        serverClock,
        hardware,
        openPairing: openPairings,
        onCode(issued) {
          pairing = issued;
          dispatch({ kind: "code_issued" });
        },
        onExpired: () => dispatch({ kind: "code_expired" }),
        onReachable,
      },
      stop,
    ).then(
      (credential) => onClaimed(credential),
      (error: unknown) => {
        if (!stop.aborted) log.error("pairing_failed", { reason: describe(error) });
      },
    );
  };

  const onClaimed = async (credential: Credential) => {
    await credentials.save(credential);
    pairing = undefined;
    adopt(credential);
    await claimed?.sync.boot();
    const leftMs = vetoLeftMs(credential);
    dispatch({ kind: "claimed", isVetoOpen: leftMs > 0 });
  };

  const adopt = (credential: Credential) => {
    claimed = createClaimed({
      ...deps,
      serverClock,
      faults,
      cache,
      manifests,
      identity,
      credential,
      spool,
      hardware,
      capture: (limit) => shell.capture(limit),
      handlers: {
        identify: async () => identify(),
        reload: (limit) => shell.reloadStage(limit),
      },
      composeBeat,
      onActive({ manifest }) {
        director.setManifest(manifest);
        glass.render();
        dispatch({ kind: "playable" });
        claimed?.heartbeat.soon();
      },
      onFileReady() {
        director.replan();
        announce();
      },
      onRevoked: () => dispatch({ kind: "revoked" }),
      onReachable,
    });
    const leftMs = vetoLeftMs(credential);
    vetoTimer?.[Symbol.dispose]();
    vetoTimer = clock.after(leftMs, () => {
      void openPairings.remove().catch(() => {});
      dispatch({ kind: "veto_over" });
    });
  };

  const vetoLeftMs = ({ vetoUntil }: Credential) =>
    Math.min(LONGEST_VETO_MS, Math.max(0, Date.parse(vetoUntil) - serverClock.nowMs()));

  const tellRefusal = async () => {
    const open = await openPairings.find();
    if (!open) return;
    const proof = pairingProof(identity, open.deviceCode);
    void refusePairing(deps, proof, signal).catch(() => {});
  };

  const wipe = async () => {
    log.warn("wipe");
    await wipeThoroughly(files, [
      () => credentials.remove(),
      () => openPairings.remove(),
      () => manifests.wipe(),
      () => cache.wipe(),
      () => spool.wipe(),
      () => files.remove("commands.json"),
      async () => {
        identity = await renewIdentity(files);
      },
    ]);
    pairing = undefined;
  };

  const onReachable = (isReachable: boolean) => {
    if (isReachable === life.isOffline) dispatch({ kind: isReachable ? "link_up" : "link_down" });
  };

  const onDamaged = (file: ManifestFile) => {
    log.warn("file_damaged", { sha256: file.sha256 });
    faults.raise(
      "file_damaged",
      `A stored file was found damaged and is being mended (${file.sha256.slice(0, 8)})`,
      file.sha256,
    );
    claimed?.sync.onDamaged(file);
    director.replan();
  };

  const identify = () => {
    const manifest = claimed?.sync.findActive()?.manifest;
    shell.send({
      kind: "identify",
      screenName: manifest?.deviceName ?? "This screen",
      organizationName: claimed?.credential.organizationName ?? null,
      seconds: 10,
    });
  };

  const hardware = (): DeviceHardware => ({
    ...machineHardware,
    appVersion: deps.appVersion,
    shell: shell.kind,
    displayWidth: Math.min(32_768, display.widthPixels),
    displayHeight: Math.min(32_768, display.heightPixels),
  });

  const composeBeat = async (sync: Sync) => ({
    bootId,
    state: life.state,
    vitals: {
      ...(await deps.machine.vitals()),
      uptimeSeconds: Math.max(0, (clock.monotonicMs() - startedAtMs) / 1000),
      diskFreeBytes: await files.freeBytes().catch(() => null),
      clockOffsetMs: serverClock.isTrusted() ? Math.round(serverClock.offsetMs()) : null,
      stageRestarts: watchdog.restarts(),
    },
    onGlass: life.isRecovering ? null : recorder.findOnGlass(),
    activeManifest: sync.findActive()?.etag ?? null,
    newestManifest: sync.findNewest()?.etag ?? null,
    sync: sync.findProgress(),
  });

  const glassFacts = (): GlassFacts => {
    const manifest = claimed?.sync.findNewest()?.manifest;
    const progress = claimed?.sync.findProgress();
    const settings: SettingsMessage = {
      kind: "settings",
      rotation: claimed?.sync.findActive()?.manifest.rotation ?? 0,
      volumePercent: deps.volumePercent,
      fit: "contain",
    };
    return {
      life,
      hasBooted,
      serverHost: new URL(deps.serverUrl).host,
      pairing,
      organizationName: claimed?.credential.organizationName,
      screenName: manifest?.deviceName,
      vetoUntilMs: Date.parse(claimed?.credential.vetoUntil ?? "") || 0,
      progress: progress ? { readyBytes: progress.bytesReady, totalBytes: progress.bytesTotal } : null,
      playback: director.findScene(),
      settings,
    };
  };

  const onMessage = (message: FromStage) => {
    switch (message.kind) {
      case "ready":
        display = { widthPixels: message.widthPixels, heightPixels: message.heightPixels };
        recorder.onGone({ isSilent: true });
        director.onStageEmpty();
        return glass.renderAll();
      case "shown":
        return director.onShown(message);
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
        return dispatch({ kind: "refused" });
      case "trouble":
        return log.warn("stage_trouble", { text: message.text });
      case "prepared":
        return;
      default:
        return unreachable(message);
    }
  };

  const findMedia = async (sha256: string): Promise<MediaFile | undefined> => {
    const known = [claimed?.sync.findActive(), claimed?.sync.findNewest()];
    const file = known
      .flatMap((one) => (one ? filesOf(one.manifest) : []))
      .find((one) => one.sha256 === sha256);
    if (!file || !(await cache.isFit(file, signal))) return undefined;
    return { path: files.absolute(`files/${sha256}`), sizeBytes: file.sizeBytes, mediaType: file.mediaType };
  };

  const tick = () => {
    if (signal.aborted) return;
    const offsetMs = serverClock.offsetMs();
    if (Math.abs(offsetMs - lastOffsetMs) > JUMP_MS) {
      log.info("clock_moved", { fromMs: lastOffsetMs, toMs: offsetMs });
      lastOffsetMs = offsetMs;
      director.replan();
      glass.render();
    }
    if (life.state === "syncing") glass.render();
    if (clock.monotonicMs() - rememberedAtMs > REMEMBER_TIME_MS) void rememberTime();
    clock.after(TICK_MS, tick);
  };

  const rememberTime = async () => {
    rememberedAtMs = clock.monotonicMs();
    if (!serverClock.isTrusted()) return;
    const time = { offsetMs: serverClock.offsetMs(), lastMs: serverClock.nowMs() };
    await timeFile
      .save(time)
      .catch((error: unknown) => log.warn("time_not_saved", { reason: describe(error) }));
  };

  const boot = async () => {
    if (await isWipeUnfinished(files)) await wipe();
    await cache.load();
    const credential = await credentials.find();
    if (credential) adopt(credential);
    const isPlayable = (await claimed?.sync.boot()) ?? false;
    hasBooted = true;
    const isVetoOpen = credential !== undefined && vetoLeftMs(credential) > 0;
    dispatch({ kind: "booted", isClaimed: credential !== undefined, isVetoOpen, isPlayable });
    await spool.load();
  };

  return {
    async start() {
      const opening = shell.open(
        { media: { findMedia }, window: deps.window, dataFolder: deps.shellFolder },
        { onMessage, onCrash: ({ kind, text }) => onCrash(kind, text), onClosed: deps.onClosed },
        signal,
      );
      await Promise.all([opening.then(() => watchdog.start()), boot()]);
      tick();
    },
    async [Symbol.asyncDispose]() {
      if (signal.aborted) return;
      watchdog[Symbol.dispose]();
      recorder.onGone({ isSilent: false });
      using deadline = createDeadline(clock, new AbortController().signal, STOP_LIMIT_MS);
      await claimed?.sayGoodbye(deadline.signal);
      await rememberTime();
      director.stop();
      abort.abort(new Error("The kiosk stops"));
      vetoTimer?.[Symbol.dispose]();
      await Promise.all([claimed?.[Symbol.asyncDispose](), pairingDone, effects]);
      await shell[Symbol.asyncDispose]();
      await spool[Symbol.asyncDispose]();
    },
  };

  function onCrash(kind: "stage" | "shell" | "load", text: string): void {
    log.warn("shell_crash", { kind, text });
    watchdog.onCrash(kind);
  }
}
