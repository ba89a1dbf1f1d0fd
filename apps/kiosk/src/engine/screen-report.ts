import type { DeviceHardware } from "@vitrine/core/model/device";
import type { Claimed } from "./claimed.ts";
import type { EngineDeps } from "./engine-deps.ts";
import type { GlassFacts } from "./glass/glass.ts";
import type { Watchdog } from "./health/watchdog.ts";
import type { Life } from "./life/machine.ts";
import type { Ownership } from "./life/ownership.ts";
import type { HeartbeatInput } from "./link/heartbeat.ts";
import type { ServerClock } from "./link/server-clock.ts";
import type { Director } from "./playback/director.ts";
import type { Recorder } from "./plays/recorder.ts";
import type { Sync } from "./sync/sync.ts";

/** What the screen says of itself, to the server and on the glass. */
export interface ScreenReport {
  hardware(): DeviceHardware;
  /** Device pixels, as the stage told them. */
  setDisplay(widthPixels: number, heightPixels: number): void;
  composeBeat(sync: Sync): Promise<Omit<HeartbeatInput, "faults" | "hardware" | "isStopping">>;
  glassFacts(hasBooted: boolean): GlassFacts;
}

export interface ScreenReportDeps
  extends Pick<
    EngineDeps,
    "clock" | "files" | "machine" | "shell" | "serverUrl" | "appVersion" | "volumePercent"
  > {
  bootId: string;
  serverClock: ServerClock;
  recorder: Recorder;
  director: Director;
  getLife(): Life;
  getRestarts(): ReturnType<Watchdog["restarts"]>;
  findClaimed(): Claimed | undefined;
  findPairing(): Ownership["pairing"];
}

const MOST_PIXELS = 32_768;

/** Gathers the reports of one engine. */
export async function createScreenReport(deps: ScreenReportDeps): Promise<ScreenReport> {
  const { clock, recorder, serverClock } = deps;
  const startedAtMs = clock.monotonicMs();
  const machine = await deps.machine.hardware();
  const serverHost = new URL(deps.serverUrl).host;
  let display = { displayWidth: 0, displayHeight: 0 };
  return {
    hardware: () => ({ ...machine, appVersion: deps.appVersion, shell: deps.shell.kind, ...display }),
    setDisplay(widthPixels, heightPixels) {
      display = {
        displayWidth: Math.min(MOST_PIXELS, widthPixels),
        displayHeight: Math.min(MOST_PIXELS, heightPixels),
      };
    },
    async composeBeat(sync) {
      const life = deps.getLife();
      return {
        bootId: deps.bootId,
        state: life.state,
        vitals: {
          ...(await deps.machine.vitals()),
          uptimeSeconds: Math.max(0, (clock.monotonicMs() - startedAtMs) / 1000),
          diskFreeBytes: await deps.files.freeBytes().catch(() => null),
          clockOffsetMs: serverClock.isTrusted() ? Math.round(serverClock.offsetMs()) : null,
          stageRestarts: deps.getRestarts(),
        },
        onGlass: life.isRecovering ? null : recorder.findOnGlass(),
        activeManifest: sync.findActive()?.etag ?? null,
        newestManifest: sync.findNewest()?.etag ?? null,
        sync: sync.findProgress(),
      };
    },
    glassFacts(hasBooted) {
      const claimed = deps.findClaimed();
      const progress = claimed?.sync.findProgress();
      return {
        life: deps.getLife(),
        hasBooted,
        serverHost,
        pairing: deps.findPairing(),
        organizationName: claimed?.credential.organizationName,
        screenName: claimed?.sync.findNewest()?.manifest.deviceName,
        vetoUntilMs: Date.parse(claimed?.credential.vetoUntil ?? "") || 0,
        progress: progress ? { readyBytes: progress.bytesReady, totalBytes: progress.bytesTotal } : null,
        playback: deps.director.findScene(),
        settings: {
          kind: "settings",
          rotation: claimed?.sync.findActive()?.manifest.rotation ?? 0,
          volumePercent: deps.volumePercent,
        },
      };
    },
  };
}
