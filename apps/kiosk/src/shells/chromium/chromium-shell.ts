import { join } from "node:path";
import * as z from "zod";
import type { ToStage } from "../../shared/messages.ts";
import type { Shell, ShellEvents, ShellOptions } from "../../shared/shell.ts";
import { type LoopbackServer, startLoopbackServer } from "../loopback-server.ts";
import { createStageHost } from "../stage-host.ts";
import { startWebGuard, type WebGuard } from "../web-guard/web-guard.ts";
import {
  type BrowserEnd,
  type BrowserProcess,
  type ChromiumEnvironment,
  startBrowser,
} from "./browser-process.ts";
import { type CdpEvent, CdpPipe } from "./cdp-pipe.ts";
import { HangWatch } from "./hang-watch.ts";
import { StageTarget } from "./stage-target.ts";
import { WebFrames } from "./web-frames.ts";
import { fitWindow } from "./window-bounds.ts";

/** Where the built stage is, and facts about the machine. */
export interface ChromiumShellConfig extends ChromiumEnvironment {
  stageFolder: string;
}

/** A shell over a system Chromium, driven by its DevTools pipe. It is closed until `open`. */
export function createChromiumShell(config: ChromiumShellConfig): Shell {
  return new ChromiumShell(config);
}

interface Opened {
  options: ShellOptions;
  events: ShellEvents;
  server: LoopbackServer;
  guard: WebGuard;
}

interface Running {
  browser: BrowserProcess;
  pipe: CdpPipe;
  target: StageTarget;
  hangs: HangWatch;
  /** Whether the stage has replaced the blank page that the window opens with. */
  hasStage: boolean;
}

const targetEvent = z.object({ targetId: z.string() });
const targetInfoEvent = z.object({ targetInfo: z.object({ targetId: z.string(), type: z.string() }) });
const frameNavigated = z.object({
  frame: z.object({ id: z.string(), parentId: z.string().optional(), url: z.string() }),
});

class ChromiumShell implements Shell {
  readonly kind = "chromium";
  readonly #config: ChromiumShellConfig;
  #opened: Opened | undefined;
  #privateHosts: readonly string[] = [];
  #running: Running | undefined;
  #frames: WebFrames | undefined;
  /** The browser whose end is expected: it is being closed by us. */
  #leaving: BrowserProcess | undefined;

  constructor(config: ChromiumShellConfig) {
    this.#config = config;
  }

  async open(options: ShellOptions, events: ShellEvents, signal: AbortSignal): Promise<void> {
    if (this.#opened !== undefined) throw new Error("This shell is open already");
    const host = await createStageHost(this.#config.stageFolder, options.media);
    const [server, guard] = await Promise.all([startLoopbackServer(host), startWebGuard()]);
    guard.refuseOwn([...(options.ownHosts ?? []), server.host]);
    guard.setPrivateHosts(this.#privateHosts);
    this.#opened = { options, events, server, guard };
    await this.#launch(signal);
  }

  send(message: ToStage): void {
    // Whatever is lost is said again after the next `ready`; a page that hangs is the watchdog's business.
    this.#running?.target.tell(message).catch(() => undefined);
  }

  setPrivateHosts(hosts: readonly string[]): void {
    this.#privateHosts = hosts;
    this.#opened?.guard.setPrivateHosts(hosts);
  }

  async capture(signal: AbortSignal): Promise<Uint8Array> {
    return await this.#getRunning().target.capture(signal);
  }

  async reloadStage(signal: AbortSignal): Promise<void> {
    const { server } = this.#getOpened();
    await this.#getRunning().target.load(server.stageUrl, signal);
  }

  async relaunch(signal: AbortSignal): Promise<void> {
    this.#getOpened();
    await this.#end();
    await this.#launch(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await this.#end();
    await Promise.all([opened?.server[Symbol.asyncDispose](), opened?.guard[Symbol.asyncDispose]()]);
  }

  async #launch(signal: AbortSignal): Promise<void> {
    const { options, server, guard } = this.#getOpened();
    const browser = await startBrowser(this.#config, {
      window: options.window,
      dataFolder: join(options.dataFolder, "chromium"),
      guardPort: guard.port,
      stageHost: server.host,
    });
    const pipe = new CdpPipe(browser.toBrowser, browser.fromBrowser, (event) => this.#take(event));
    browser.ended.then((how) => this.#takeEnd(browser, how));
    try {
      await pipe.call("Target.setDiscoverTargets", { discover: true }, { signal, timeoutMs: 30_000 });
      await pipe.call("Browser.setDownloadBehavior", { behavior: "deny" }, { signal });
      const target = await StageTarget.attach(pipe, signal);
      this.#frames = new WebFrames({
        pipe,
        stageFrameId: target.targetId,
        stageSessionId: target.sessionId,
        tellStage: (message) => target.tell(message),
        whyNotReached: (url) => guard.whyNotReached(url),
      });
      this.#running = { browser, pipe, target, hangs: new HangWatch(pipe), hasStage: false };
      await fitWindow(pipe, target, options.window, signal);
      await this.#frames.start(signal);
      await target.load(server.stageUrl, signal);
    } catch (error) {
      this.#leaving = browser;
      this.#running?.hangs[Symbol.dispose]();
      this.#running = undefined;
      await browser[Symbol.asyncDispose]();
      // A browser that ends at once says more about the reason than the call that it left unanswered.
      const { text: how } = await browser.ended;
      if (signal.aborted) throw signal.reason;
      const text = `${error instanceof Error ? error.message : String(error)}. ${how}`;
      throw new Error(text, { cause: error });
    }
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    running.hangs[Symbol.dispose]();
    this.#leaving = running.browser;
    await running.browser[Symbol.asyncDispose]();
  }

  #takeEnd(browser: BrowserProcess, { text, isOrderly }: BrowserEnd): void {
    if (this.#running?.browser !== browser || browser === this.#leaving) return;
    this.#takeLoss(browser, text, isOrderly);
  }

  #take(event: CdpEvent): void {
    const running = this.#running;
    if (running === undefined) return;
    if (event.sessionId === running.target.sessionId) this.#takeStageEvent(running, event);
    else if (event.sessionId === undefined) this.#takeBrowserEvent(running, event);
  }

  #takeStageEvent(running: Running, event: CdpEvent): void {
    const message = running.target.takeEvent(event);
    if (message !== undefined) this.#opened?.events.onMessage(message);
    if (event.method === "Page.frameNavigated") this.#keepOnStage(running, event.params);
  }

  #takeBrowserEvent({ pipe, target, browser, hangs }: Running, { method, params }: CdpEvent): void {
    switch (method) {
      case "Fetch.requestPaused":
        this.#frames?.take(params);
        return;
      case "Target.targetCreated": {
        // A window of another's making: closed before it is seen.
        const { targetInfo } = targetInfoEvent.parse(params);
        if (targetInfo.type === "iframe") void hangs.add(targetInfo.targetId);
        if (targetInfo.type !== "page" || targetInfo.targetId === target.targetId) return;
        pipe.call("Target.closeTarget", { targetId: targetInfo.targetId }).catch(() => undefined);
        return;
      }
      case "Target.targetCrashed": {
        const { targetId } = targetEvent.parse(params);
        hangs.remove(targetId);
        if (targetId !== target.targetId) this.#frames?.tellCrash(targetId);
        else this.#opened?.events.onCrash({ kind: "stage", text: "The stage's process ended" });
        return;
      }
      case "Target.targetDestroyed": {
        const { targetId } = targetEvent.parse(params);
        hangs.remove(targetId);
        if (targetId !== target.targetId || browser === this.#leaving) return;
        this.#takeLoss(browser, "The window was closed", true);
        return;
      }
      default:
        return;
    }
  }

  /** Browser or window are gone unasked: by a person's hand where there is one to close it. */
  #takeLoss(browser: BrowserProcess, text: string, isOrderly: boolean): void {
    this.#leaving = browser;
    this.#running?.pipe.close();
    this.#running?.hangs[Symbol.dispose]();
    this.#running = undefined;
    browser[Symbol.asyncDispose]();
    const opened = this.#opened;
    if (isOrderly && opened?.options.window.kind === "window") opened.events.onClosed();
    else opened?.events.onCrash({ kind: "shell", text });
  }

  /** The top never shows anything but the stage. */
  #keepOnStage(running: Running, params: unknown): void {
    const { frame } = frameNavigated.parse(params);
    const stageUrl = this.#opened?.server.stageUrl;
    if (frame.id !== running.target.targetId || stageUrl === undefined) return;
    if (frame.url.startsWith(stageUrl)) {
      running.hasStage = true;
    } else if (running.hasStage) {
      const text = `Something other than the stage was opened: ${frame.url.slice(0, 200)}`;
      this.#opened?.events.onCrash({ kind: "load", text });
    }
  }

  #getOpened(): Opened {
    if (this.#opened === undefined) throw new Error("This shell is not open");
    return this.#opened;
  }

  #getRunning(): Running {
    if (this.#running === undefined) throw new Error("The browser is not running");
    return this.#running;
  }
}
