import type { Display, Power, Updater } from "../shared/machine.ts";
import type { Shell, WindowMode } from "../shared/shell.ts";
import type { MachineFacts } from "./health/machine-facts.ts";
import type { Life } from "./life/machine.ts";
import type { Network } from "./link/http.ts";
import type { Clock } from "./platform/clock.ts";
import type { FileStore } from "./platform/file-store.ts";
import type { Log } from "./platform/log.ts";
import type { Random } from "./platform/random.ts";
import type { Timelines } from "./playback/timelines.ts";

/** The world around an engine, and what a person set. */
export interface EngineDeps {
  clock: Clock;
  random: Random;
  files: FileStore;
  network: Network;
  machine: MachineFacts;
  shell: Shell;
  display: Display;
  updater: Updater;
  power: Power;
  log: Log;
  timelines: Timelines;
  /** Without a slash at its end. */
  serverUrl: string;
  appVersion: string;
  window: WindowMode;
  /** A folder for the shell's own files. */
  shellFolder: string;
  volumePercent: number;
  /** Hosts of the private network that web content may reach, beside those that the organization allows. */
  allowedHosts: readonly string[];
  /** `host:port` of what belongs to the kiosk, which web content may never reach. */
  ownHosts: readonly string[];
  /** The newest whole lines of the log, at most so many bytes of them. */
  readLog(limitBytes: number): Promise<Uint8Array>;
  /** Never filled by content: room for plays, logs and manifests. */
  reserveBytes: number;
  /** Most that content may take; null: what the disk has. */
  cacheLimitBytes: number | null;
  /** Called after each change of the life, for a line on the console and for tests. */
  onLife(life: Life, details: LifeDetails): void;
  /** The person closed the window. */
  onClosed(): void;
}

export interface LifeDetails {
  userCode: string | undefined;
  organizationName: string | undefined;
}
