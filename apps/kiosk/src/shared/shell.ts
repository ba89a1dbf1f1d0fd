import type { FromStage, ToStage } from "./messages.ts";

/** A file of the cache that may be shown now: present, whole and verified. */
export interface MediaFile {
  /** Absolute path; only the shells' own server reads it. */
  path: string;
  sizeBytes: number;
  mediaType: string;
}

/** Where a shell gets the bytes behind `media/<sha256>`: the engine's cache, by id and never by path. */
export interface MediaSource {
  /** The file with this content, or undefined if it is not (or no longer) fit to be shown. */
  findMedia(sha256: string): Promise<MediaFile | undefined>;
}

export type WindowMode =
  | { kind: "fullscreen" }
  | { kind: "window"; widthPixels: number; heightPixels: number };

/** What a shell needs to open. */
export interface ShellOptions {
  media: MediaSource;
  window: WindowMode;
  /** A folder of the shell's own under the kiosk's data; made if absent. */
  dataFolder: string;
  /** `host:port` of what belongs to the kiosk (its server, its status page): never reached by web content, whatever is allowed. */
  ownHosts?: readonly string[];
}

/**
 * `stage` the page's process died, `shell` the whole browser did, `load` the page could not be opened.
 * Nothing is restarted by itself: the engine's watchdog decides between `reloadStage` and `relaunch`.
 */
export interface ShellCrash {
  kind: "stage" | "shell" | "load";
  text: string;
}

/** What a shell tells: each listener is called in order of arrival, after `open` was called. */
export interface ShellEvents {
  /** Parsed, and from the stage's own main frame only. */
  onMessage(message: FromStage): void;
  onCrash(crash: ShellCrash): void;
  /** The person closed the window (only where that is possible: not full-screen). */
  onClosed(): void;
}

/**
 * A window and the machine under it. Made closed, by `createChromiumShell` or `createElectronShell`; used by
 * the engine alone. Every promise rejects with a plain `Error` that says what to do, and when `signal` fires.
 */
export interface Shell extends AsyncDisposable {
  readonly kind: "electron" | "chromium" | "none";
  /** Opens the window and starts loading the stage. The stage is there when `ready` arrives, again after each load. */
  open(options: ShellOptions, events: ShellEvents, signal: AbortSignal): Promise<void>;
  /** Never throws; what is sent while no stage stands is dropped, so answer each `ready` with everything. */
  send(message: ToStage): void;
  /**
   * The private names, addresses and ranges that web content may reach, from now on, also while closed; none at
   * first. All else of the private network is refused: frames and what they load, and streams.
   */
  setPrivateHosts(hosts: readonly string[]): void;
  /** A JPEG of what is composited on the glass now, rotation as seen on the panel. */
  capture(signal: AbortSignal): Promise<Uint8Array>;
  /** Loads the page anew in the same window; also brings back a page whose process died. */
  reloadStage(signal: AbortSignal): Promise<void>;
  /** Ends browser and window and opens them again with the same options. */
  relaunch(signal: AbortSignal): Promise<void>;
  /** Closes window, browser and server, and waits until they are gone. May be called twice. */
  [Symbol.asyncDispose](): Promise<void>;
}
