import { randomUUID } from "node:crypto";
import { BrowserWindow, type IpcMainEvent, ipcMain, type Session, session } from "electron/main";
import { fromStage, type ToStage } from "../../shared/messages.ts";
import type { Shell, ShellEvents, ShellOptions } from "../../shared/shell.ts";
import { createStageHost, type StageHost } from "../stage-host.ts";
import { startWebGuard, type WebGuard } from "../web-guard/web-guard.ts";
import { FROM_STAGE, TO_STAGE } from "./channels.ts";
import { guardContents, guardSession } from "./guards.ts";
import { STAGE_URL, serveStage } from "./stage-protocol.ts";
import { watchWebFrames } from "./web-frames.ts";

/** Where the built stage and preload are. */
export interface ElectronShellConfig {
  stageFolder: string;
  preloadPath: string;
}

const BACKGROUND = "#0b0b0d";
const JPEG_QUALITY = 82;

/** A shell over a window of this Electron app, which has to be ready. It is closed until `open`. */
export function createElectronShell(config: ElectronShellConfig): Shell {
  return new ElectronShell(config);
}

interface Opened {
  options: ShellOptions;
  events: ShellEvents;
  guard: WebGuard;
  host: StageHost;
}

class ElectronShell implements Shell {
  readonly kind = "electron";
  readonly #config: ElectronShellConfig;
  #opened: Opened | undefined;
  #privateHosts: readonly string[] = [];
  #window: BrowserWindow | undefined;

  constructor(config: ElectronShellConfig) {
    this.#config = config;
  }

  async open(options: ShellOptions, events: ShellEvents, signal: AbortSignal): Promise<void> {
    if (this.#opened !== undefined) throw new Error("This shell is open already");
    const host = await createStageHost(this.#config.stageFolder, options.media);
    const guard = await startWebGuard();
    guard.refuseOwn(options.ownHosts ?? []);
    guard.setPrivateHosts(this.#privateHosts);
    ipcMain.on(FROM_STAGE, this.#takeMessage);
    this.#opened = { options, events, guard, host };
    await this.#openWindow(signal);
  }

  send(message: ToStage): void {
    const window = this.#window;
    if (window === undefined || window.isDestroyed() || window.webContents.isCrashed()) return;
    window.webContents.send(TO_STAGE, message);
  }

  setPrivateHosts(hosts: readonly string[]): void {
    this.#privateHosts = hosts;
    this.#opened?.guard.setPrivateHosts(hosts);
  }

  async capture(signal: AbortSignal): Promise<Uint8Array> {
    const image = await abortable(this.#getWindow().webContents.capturePage(), signal);
    return image.toJPEG(JPEG_QUALITY);
  }

  async reloadStage(signal: AbortSignal): Promise<void> {
    await abortable(this.#getWindow().loadURL(STAGE_URL), signal);
  }

  async relaunch(signal: AbortSignal): Promise<void> {
    if (this.#opened === undefined) throw new Error("This shell is not open");
    this.#closeWindow();
    await this.#openWindow(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    ipcMain.off(FROM_STAGE, this.#takeMessage);
    this.#closeWindow();
    await opened?.guard[Symbol.asyncDispose]();
  }

  async #openWindow(signal: AbortSignal): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined) throw new Error("This shell is not open");
    const { window: mode } = opened.options;
    const stageSession = await openThrowAwaySession(opened);
    const window = new BrowserWindow({
      ...(mode.kind === "fullscreen"
        ? { kiosk: true, frame: false, autoHideMenuBar: true }
        : { width: mode.widthPixels, height: mode.heightPixels, useContentSize: true }),
      title: "Vitrine",
      backgroundColor: BACKGROUND,
      webPreferences: {
        preload: this.#config.preloadPath,
        session: stageSession,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        devTools: false,
        spellcheck: false,
        backgroundThrottling: false,
        autoplayPolicy: "no-user-gesture-required",
      },
    });
    this.#window = window;
    window.removeMenu();
    this.#watch(window, opened);
    await abortable(window.loadURL(STAGE_URL), signal);
  }

  #watch(window: BrowserWindow, { options, events, guard }: Opened): void {
    const { webContents } = window;
    guardContents(webContents);
    watchWebFrames(webContents, {
      tellStage: (message) => this.send(message),
      whyNotReached: (url) => guard.whyNotReached(url),
    });
    webContents.on("render-process-gone", (_event, { reason }) => {
      if (this.#window === window)
        events.onCrash({ kind: "stage", text: `The stage's process ended: ${reason}` });
    });
    window.on("closed", () => {
      // Taken off before we close it ourselves: what is left is somebody else's doing.
      if (this.#window !== window) return;
      this.#window = undefined;
      if (options.window.kind === "window") events.onClosed();
      else events.onCrash({ kind: "shell", text: "The window was closed" });
    });
  }

  /** From the stage's own main frame, and in the protocol's own words; anything else is not heard. */
  readonly #takeMessage = (event: IpcMainEvent, raw: unknown): void => {
    const window = this.#window;
    const frame = event.senderFrame;
    if (window === undefined || window.isDestroyed() || frame === null) return;
    const isOurs = event.sender === window.webContents && frame.parent === null;
    if (!isOurs || !frame.url.startsWith(STAGE_URL)) return;
    const message = fromStage.safeParse(raw);
    if (message.success) this.#opened?.events.onMessage(message.data);
  };

  #closeWindow(): void {
    const window = this.#window;
    this.#window = undefined;
    if (window !== undefined && !window.isDestroyed()) window.destroy();
  }

  #getWindow(): BrowserWindow {
    if (this.#window === undefined || this.#window.isDestroyed()) throw new Error("The window is not open");
    return this.#window;
  }
}

/** A session that no other window had, and that is nowhere on the disk: what content stores ends with the window. */
async function openThrowAwaySession({ guard, host }: Opened): Promise<Session> {
  const fresh = session.fromPartition(`stage-${randomUUID()}`, { cache: false });
  guardSession(fresh);
  serveStage(fresh, host);
  // Chromium would pass by a proxy for all of loopback and what is link-local.
  await fresh.setProxy({ proxyRules: `http://127.0.0.1:${guard.port}`, proxyBypassRules: "<-loopback>" });
  return fresh;
}

/** The same promise, given up when the signal fires. */
async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
