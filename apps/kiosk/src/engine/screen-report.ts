import type { DeviceHardware, DeviceVitals } from "@vitrine/core/model/device";
import type { About, Brand } from "../shared/messages.ts";
import type { Claimed } from "./claimed.ts";
import type { EngineDeps } from "./engine-deps.ts";
import type { GlassFacts } from "./glass/glass.ts";
import type { Life } from "./life/machine.ts";
import type { Ownership } from "./life/ownership.ts";
import type { HeartbeatInput } from "./link/heartbeat.ts";
import type { Director } from "./playback/director.ts";
import type { Recorder } from "./plays/recorder.ts";
import type { Cache } from "./sync/cache.ts";
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
    "machine" | "display" | "updater" | "shell" | "serverUrl" | "appVersion" | "volumePercent"
  > {
  bootId: string;
  recorder: Recorder;
  cache: Cache;
  director: Director;
  readVitals(): Promise<DeviceVitals>;
  getLife(): Life;
  findClaimed(): Claimed | undefined;
  findPairing(): Ownership["pairing"];
}

const MOST_PIXELS = 32_768;

/** Gathers the reports of one engine. */
export async function createScreenReport(deps: ScreenReportDeps): Promise<ScreenReport> {
  const { recorder } = deps;
  const machine = await deps.machine.hardware();
  const { network } = await deps.machine.vitals();
  const serverHost = new URL(deps.serverUrl).host;
  let addresses = network ? [network.address] : [];
  let display = { displayWidth: 0, displayHeight: 0 };

  /** The organization's look. Its logo is a file of the manifest like any other, and shown once it is there. */
  const findBrand = (sync: Sync | undefined): Brand | undefined => {
    const { brand } = (sync?.findActive() ?? sync?.findNewest())?.manifest ?? {};
    if (!brand) return undefined;
    const isThere = brand.logo !== null && deps.cache.has(brand.logo);
    return { color: brand.color, logoSrc: isThere ? `media/${brand.logo?.sha256}` : null };
  };
  const about = (): About => ({ version: deps.appVersion, addresses });

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
      const vitals = await deps.readVitals();
      addresses = vitals.network ? [vitals.network.address] : [];
      return {
        bootId: deps.bootId,
        state: life.state,
        vitals,
        onGlass: life.isRecovering ? null : recorder.findOnGlass(),
        isRecovering: life.isRecovering,
        activeManifest: sync.findActive()?.etag ?? null,
        newestManifest: sync.findNewest()?.etag ?? null,
        sync: sync.findProgress(),
        display: deps.display.report(),
        update: deps.updater.report(),
      };
    },
    glassFacts(hasBooted) {
      const claimed = deps.findClaimed();
      const progress = claimed?.sync.findProgress();
      const active = claimed?.sync.findActive()?.manifest;
      return {
        life: deps.getLife(),
        hasBooted,
        serverHost,
        pairing: deps.findPairing(),
        organizationName: claimed?.credential.organizationName,
        screenName: claimed?.sync.findNewest()?.manifest.deviceName,
        brand: findBrand(claimed?.sync),
        about: about(),
        vetoUntilMs: Date.parse(claimed?.credential.vetoUntil ?? "") || 0,
        progress: progress ? { readyBytes: progress.bytesReady, totalBytes: progress.bytesTotal } : null,
        playback: deps.director.findScene(),
        settings: {
          kind: "settings",
          rotation: active?.rotation ?? 0,
          volumePercent: active?.volumePercent ?? deps.volumePercent,
        },
      };
    },
  };
}
