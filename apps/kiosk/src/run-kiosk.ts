import { spawn } from "node:child_process";
import { join } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import { composeEngine } from "./compose-engine.ts";
import { createDisplay } from "./display/display.ts";
import { createRunTool } from "./display/run-tool.ts";
import type { KioskConfig } from "./engine/config/config.ts";
import { lockDataFolder } from "./engine/config/data-lock.ts";
import type { Engine } from "./engine/engine.ts";
import { systemClock } from "./engine/platform/clock.ts";
import { openDiskFileStore } from "./engine/platform/disk-file-store.ts";
import { createLog, describe, readNewestLines, rotatedFileSink } from "./engine/platform/log.ts";
import { systemRandom } from "./engine/platform/random.ts";
import { createTimelines } from "./engine/playback/timelines.ts";
import { openStatusServer } from "./engine/status/status-server.ts";
import { lifeLine } from "./life-line.ts";
import { createPower } from "./machine/power.ts";
import type { Shell, WindowMode } from "./shared/shell.ts";
import { createUpdater } from "./update/updater.ts";

const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
const STOP_LIMIT_MS = 10_000;

/** What differs between the programs in which a kiosk runs. */
export interface KioskHost {
  /** Starts this program anew, in place of itself, which ends at once. */
  startAnew(): void;
}

/** A Node process that was started by a person: its successor has the same arguments, and lives on by itself. */
const nodeHost: KioskHost = {
  startAnew() {
    const args = [...process.execArgv, ...process.argv.slice(1)];
    spawn(process.execPath, args, { detached: true, stdio: "inherit" }).unref();
    process.exit(0);
  },
};

/** Runs one screen on this machine behind this shell until a signal or a closed window ends the process. */
export async function runKiosk(config: KioskConfig, shell: Shell, host: KioskHost = nodeHost): Promise<void> {
  const lock = await lockDataFolder(config.data);
  const { env } = process;
  const logPath = join(config.data, "logs", "kiosk.log");
  const log = createLog(systemClock, [
    (line) => process.stderr.write(line),
    rotatedFileSink(logPath, LOG_LIMIT_BYTES),
  ]);
  let engine: Engine | undefined;
  const close = async (reason: string) => {
    log.info("stopping", { reason });
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    engine?.willStop(reason);
    await engine?.[Symbol.asyncDispose]();
    await lock[Symbol.asyncDispose]();
  };
  let isStopping = false;
  const stop = (reason: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    close(reason).then(
      () => {
        process.stdout.write("Stopped\n");
        process.exit(0);
      },
      (error: unknown) => {
        log.error("stop_failed", { reason: describe(error) });
        process.exit(1);
      },
    );
  };
  const power = createPower({
    env,
    stop: close,
    end: (code) => process.exit(code),
    startAnew: host.startAnew,
  });
  const parts = { clock: systemClock, log };
  let lastLine = "";
  engine = await composeEngine({
    dataFolder: config.data,
    forget: config.forget,
    ...{ shell, log, power },
    display: createDisplay({
      ...parts,
      files: await openDiskFileStore(config.data),
      run: createRunTool(env),
      env,
    }),
    updater: createUpdater({
      ...parts,
      installFolder: env.VITRINE_INSTALL,
      source: updateSource(config),
      version: packageJson.version,
      arch: process.arch,
      random: systemRandom,
      network: { fetch: (url, init) => fetch(url, init) },
      restart: (reason) => power.restart(reason),
    }),
    timelines: createTimelines(6),
    serverUrl: config.server,
    window: toWindowMode(config.window),
    volumePercent: config.volume,
    cacheLimitBytes: config.cacheLimit === undefined ? null : config.cacheLimit * 1024 ** 3,
    allowedHosts: config.allowPrivate,
    ownHosts: ownHostsOf(config),
    readLog: (limitBytes) => readNewestLines(logPath, limitBytes),
    onLife(life, details) {
      const line = lifeLine(life, details);
      if (line !== lastLine) process.stdout.write(`${line}\n`);
      lastLine = line;
    },
    onClosed: () => stop("window closed"),
  });
  process.on("SIGINT", () => stop("SIGINT"));
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("unhandledRejection", (reason) => {
    log.error("unforeseen", {
      reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    });
  });
  log.info("starting", { server: config.server, shell: shell.kind, data: config.data, pid: process.pid });
  process.stdout.write(`Vitrine kiosk for ${config.server}, shell ${shell.kind}, kept in ${config.data}\n`);
  const running = engine;
  if (config.statusPort !== 0) {
    const page = await openStatusServer({ port: config.statusPort, log, getStatus: () => running.status() });
    if (page) log.info("status_page", { url: `http://127.0.0.1:${page.port}/` });
  }
  await engine.start();
}

function updateSource({ updateUrl: url, updateKey: publicKey, updateChannel: channel }: KioskConfig) {
  return url === undefined || publicKey === undefined ? undefined : { url, publicKey, channel };
}

/** The server and the technician's page, as `host:port`. */
function ownHostsOf({ server, statusPort }: KioskConfig): string[] {
  const { hostname, port, protocol } = new URL(server);
  const serverPort = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  const page = ["127.0.0.1", "localhost", "[::1]"].map((host) => `${host}:${statusPort}`);
  return [`${hostname}:${serverPort}`, ...(statusPort === 0 ? [] : page)];
}

function toWindowMode(window: string | undefined): WindowMode {
  if (window === undefined) return { kind: "fullscreen" };
  const [widthPixels = 0, heightPixels = 0] = window.split("x").map(Number);
  return { kind: "window", widthPixels, heightPixels };
}
