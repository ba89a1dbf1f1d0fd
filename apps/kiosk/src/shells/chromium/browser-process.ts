import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { Readable, Writable } from "node:stream";
import type { WindowMode } from "../../shared/shell.ts";

/** Facts about the machine that decide how Chromium is started. */
export interface ChromiumEnvironment {
  /** `VITRINE_CHROMIUM`, `VITRINE_HEADLESS`, `DISPLAY`, `WAYLAND_DISPLAY` and `PATH` are read; all of it is passed on. */
  env: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
}

/** How the browser is opened. */
export interface BrowserPlan {
  window: WindowMode;
  /** Its profile is made here. */
  dataFolder: string;
  /** Port of the proxy on loopback that everything but the stage goes through. */
  guardPort: number;
  /** `host:port` of the stage's own server. */
  stageHost: string;
}

/** A running Chromium with its two DevTools pipes. */
export interface BrowserProcess extends AsyncDisposable {
  readonly toBrowser: Writable;
  readonly fromBrowser: Readable;
  /** Resolves when the process is gone. */
  readonly ended: Promise<BrowserEnd>;
}

/** How a browser ended, in a sentence; orderly when it was asked to, as by closing its window. */
export interface BrowserEnd {
  text: string;
  isOrderly: boolean;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PROFILE_PREFIX = "profile-";
const STDERR_CHARACTERS = 4000;
const CLOSE_TIMEOUT_MS = 3000;

const ALWAYS = [
  "--remote-debugging-pipe",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--noerrdialogs",
  "--hide-crash-restore-bubble",
  "--disable-session-crashed-bubble",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-client-side-phishing-detection",
  "--disable-search-engine-choice-screen",
  "--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,CalculateNativeWinOcclusion,DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-hang-monitor",
  "--disable-pinch",
  "--overscroll-history-navigation=0",
  "--autoplay-policy=no-user-gesture-required",
  "--deny-permission-prompts",
  "--disable-quic",
  "--password-store=basic",
  "--use-mock-keychain",
  "--disk-cache-size=33554432",
];

/** What no switch says: no datagrams of WebRTC, which would pass by the proxy. */
const PREFERENCES = { webrtc: { ip_handling_policy: "disable_non_proxied_udp" } };

/** What the window shows until the stage stands: its colour, nothing else. */
const BLANK = "data:text/html,<style>html{background:%230b0b0d}</style>";

/**
 * Starts a system Chromium in a fresh profile under the plan's `dataFolder`. Rejects with what to do when there is no
 * Chromium or no display. It ends with this process, however that dies, since its pipes close then.
 */
export async function startBrowser(
  { env, isRoot }: ChromiumEnvironment,
  { window, dataFolder, guardPort, stageHost }: BrowserPlan,
): Promise<BrowserProcess> {
  const isHeadless = env.VITRINE_HEADLESS === "1";
  if (!isHeadless && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    throw new Error("No display: set DISPLAY, start this in a graphical session, or set VITRINE_HEADLESS=1.");
  }
  const executable = findChromium(env);
  const profile = await makeProfile(dataFolder);
  const flags = [
    ...ALWAYS,
    `--user-data-dir=${profile}`,
    `--proxy-server=http://127.0.0.1:${guardPort}`,
    // Chromium would pass by a proxy for all of loopback and what is link-local.
    `--proxy-bypass-list=<-loopback>;${stageHost}`,
    ...(isHeadless ? ["--headless=new", "--hide-scrollbars"] : []),
    // Chromium refuses its sandbox as root, and such machines (containers, test hosts) seldom have a usable GPU.
    ...(isRoot ? ["--no-sandbox", "--disable-gpu", "--test-type"] : []),
    "--window-position=0,0",
    ...(window.kind === "fullscreen"
      ? ["--kiosk"]
      : [`--window-size=${window.widthPixels},${window.heightPixels}`, "--force-device-scale-factor=1"]),
    `--app=${BLANK}`,
  ];
  const child = spawn(executable, flags, {
    env: { ...env },
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    // A group of its own, so that all of its processes can be ended together.
    detached: true,
  });
  const ended = watchEnd(child);
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable))
    throw new Error((await ended).text);

  return {
    toBrowser,
    fromBrowser,
    ended,
    async [Symbol.asyncDispose]() {
      toBrowser.destroy();
      const timer = setTimeout(() => killGroup(child), CLOSE_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
      killGroup(child);
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The Chromium to use: `VITRINE_CHROMIUM`, else the first of the usual names on the path. Throws if there is none. */
export function findChromium(env: ChromiumEnvironment["env"]): string {
  const wanted = env.VITRINE_CHROMIUM;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new Error(`VITRINE_CHROMIUM is ${wanted}, which cannot be run. Correct it or unset it.`);
  }
  for (const name of NAMES) {
    for (const folder of (env.PATH ?? "").split(delimiter)) {
      if (folder !== "" && isExecutable(join(folder, name))) return join(folder, name);
    }
  }
  throw new Error('No Chromium found: install one (Debian: "apt install chromium") or set VITRINE_CHROMIUM.');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function makeProfile(dataFolder: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const old = (await readdir(dataFolder)).filter((name) => name.startsWith(PROFILE_PREFIX));
  await Promise.all(
    old.map((name) => rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 })),
  );
  const profile = await mkdtemp(join(dataFolder, PROFILE_PREFIX));
  await mkdir(join(profile, "Default"));
  await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(PREFERENCES));
  return profile;
}

function watchEnd(child: ChildProcess): Promise<BrowserEnd> {
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-STDERR_CHARACTERS);
  });
  return new Promise((resolve) => {
    child.once("error", (error) =>
      resolve({ text: `Chromium could not be started: ${error.message}`, isOrderly: false }),
    );
    child.once("exit", (code, signal) => {
      const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      const lines = lastWords.split("\n").filter((line) => line.trim() !== "" && !line.includes("dbus/"));
      const why = lines.slice(-3).join(" | ");
      resolve({ text: why === "" ? `Chromium ${how}` : `Chromium ${how}: ${why}`, isOrderly: code === 0 });
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}
