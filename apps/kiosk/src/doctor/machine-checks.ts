import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "../engine/platform/log.ts";
import { findChromium } from "../shells/chromium/browser-process.ts";
import { bad, type Finding, ok, warn } from "./finding.ts";

type Env = Readonly<Record<string, string | undefined>>;

const CODECS = { "H.264": 'video/mp4; codecs="avc1.640028"', AAC: 'audio/mp4; codecs="mp4a.40.2"' };
const DECODER_LIMIT_MS = 30_000;
const HOT_CELSIUS = 80;

/** Looks for a display, its connectors, and a session that a window can open in. */
export async function checkDisplay(env: Env): Promise<Finding> {
  const session = env.WAYLAND_DISPLAY ? "Wayland" : env.DISPLAY ? "X11" : undefined;
  const connected = await connectedOutputs();
  const outputs = connected.length > 0 ? `, connected: ${connected.join(", ")}` : "";
  if (session === undefined) {
    return bad(
      "display",
      `there is no session to open a window in${outputs}`,
      "Start the player within a desktop session, or with the service that the install script sets up.",
    );
  }
  const isDark = connected.length === 0 && (await outputNames()).length > 0;
  if (isDark)
    return warn("display", `${session}, but nothing is connected`, "Look at the cable to the display.");
  return ok("display", `${session}${outputs}`);
}

async function outputNames(): Promise<string[]> {
  const names = await readdir("/sys/class/drm").catch((): string[] => []);
  return names.filter((name) => /^card\d+-/.test(name));
}

async function connectedOutputs(): Promise<string[]> {
  const connected: string[] = [];
  for (const name of await outputNames()) {
    const status = await readFile(`/sys/class/drm/${name}/status`, "utf8").catch(() => "");
    if (status.trim() === "connected") connected.push(name.replace(/^card\d+-/, ""));
  }
  return connected;
}

/** Asks the Chromium that would show it whether it plays H.264 and AAC. */
export async function checkDecoder(env: Env): Promise<Finding> {
  let executable: string;
  try {
    executable = findChromium(env);
  } catch (error) {
    return bad("browser", describe(error), "Install it, or run the player that brings Electron.");
  }
  const profile = await mkdtemp(join(tmpdir(), "vitrine-doctor-"));
  try {
    const answer = await askBrowser(executable, profile);
    const missing = Object.keys(CODECS).filter((name) => !answer.includes(`[${name}]`));
    if (missing.length === 0) return ok("decoder", `${executable} plays H.264 and AAC`);
    const advice = "Install a Chromium with codecs (Debian: chromium, not a build without them).";
    return bad("decoder", `${executable} does not play ${missing.join(" and ")}`, advice);
  } catch (error) {
    return bad(
      "browser",
      `${executable} does not run: ${describe(error)}`,
      "Run it by hand and read what it says.",
    );
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

function askBrowser(executable: string, profile: string): Promise<string> {
  const script = `document.write(Object.entries(${JSON.stringify(CODECS)})
    .filter(([, type]) => MediaSource.isTypeSupported(type)).map(([name]) => "[" + name + "]").join(""))`;
  const page = `data:text/html,${encodeURIComponent(`<script>${script}</script>`)}`;
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const switches = ["--headless=new", "--disable-gpu", `--user-data-dir=${profile}`, "--dump-dom"];
  return new Promise((resolve, reject) => {
    const options = { timeout: DECODER_LIMIT_MS, maxBuffer: 1024 * 1024 };
    execFile(executable, [...sandbox, ...switches, page], options, (error, output) => {
      if (error) reject(error.killed ? new Error(`no answer in ${DECODER_LIMIT_MS / 1000} s`) : error);
      else resolve(output.replace(/<script>[\s\S]*?<\/script>/g, ""));
    });
  });
}

export async function checkSound(): Promise<Finding> {
  const cards = await readFile("/proc/asound/cards", "utf8").catch(() => "");
  const names = [...cards.matchAll(/^ *\d+ \[(\S+)/gm)].map(([, name]) => name);
  if (names.length > 0) return ok("sound", names.join(", "));
  return warn(
    "sound",
    "there is no sound card: videos play without sound",
    "Look at the machine if it should be heard.",
  );
}

/** Heat, and what it does to the machine, as far as that is told. */
export async function checkHeat(): Promise<Finding> {
  const milliCelsius = Number(
    await readFile("/sys/class/thermal/thermal_zone0/temp", "utf8").catch(() => "x"),
  );
  const flags = await readFile("/sys/devices/platform/soc/soc:firmware/get_throttled", "utf8").catch(
    () => "0",
  );
  const throttled = Number.parseInt(flags, 16);
  const advice = "Give the machine air, or a stronger power supply: it slows itself down.";
  if ((throttled & 0xf) !== 0) return warn("heat", "the machine slows itself down now", advice);
  if (!Number.isFinite(milliCelsius)) return ok("heat", "this machine does not tell its temperature");
  const celsius = Math.round(milliCelsius / 1000);
  return celsius >= HOT_CELSIUS ? warn("heat", `${celsius} °C`, advice) : ok("heat", `${celsius} °C`);
}
