import { join } from "node:path";
import { composeEngine } from "./compose-engine.ts";
import type { KioskConfig } from "./engine/config/config.ts";
import { lockDataFolder } from "./engine/config/data-lock.ts";
import { systemClock } from "./engine/platform/clock.ts";
import { createLog, describe, type Log, rotatedFileSink } from "./engine/platform/log.ts";
import { createTimelines } from "./engine/playback/timelines.ts";
import { lifeLine } from "./life-line.ts";
import type { Shell, WindowMode } from "./shared/shell.ts";

const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
const STOP_LIMIT_MS = 10_000;

/** Runs one screen on this machine behind this shell until a signal or a closed window ends the process. */
export async function runKiosk(config: KioskConfig, shell: Shell): Promise<void> {
  await lockDataFolder(config.data);
  const log = createLog(systemClock, [
    (line) => process.stderr.write(line),
    rotatedFileSink(join(config.data, "logs", "kiosk.log"), LOG_LIMIT_BYTES),
  ]);
  let lastLine = "";
  const engine = await composeEngine({
    dataFolder: config.data,
    forget: config.forget,
    shell,
    log,
    timelines: createTimelines(6),
    serverUrl: config.server,
    window: toWindowMode(config.window),
    volumePercent: config.volume,
    cacheLimitBytes: config.cacheLimit === undefined ? null : config.cacheLimit * 1024 ** 3,
    onLife(life, details) {
      const line = lifeLine(life, details);
      if (line !== lastLine) process.stdout.write(`${line}\n`);
      lastLine = line;
    },
    onClosed: () => stop("window closed", engine, log),
  });
  process.on("SIGINT", () => stop("SIGINT", engine, log));
  process.on("SIGTERM", () => stop("SIGTERM", engine, log));
  process.on("unhandledRejection", (reason) => {
    log.error("unforeseen", {
      reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    });
  });
  log.info("starting", { server: config.server, shell: shell.kind, data: config.data, pid: process.pid });
  process.stdout.write(`Vitrine kiosk for ${config.server}, shell ${shell.kind}, kept in ${config.data}\n`);
  await engine.start();
}

let isStopping = false;

function stop(reason: string, engine: AsyncDisposable, log: Log): void {
  if (isStopping) process.exit(1);
  isStopping = true;
  log.info("stopping", { reason });
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  engine[Symbol.asyncDispose]().then(
    () => {
      process.stdout.write("Stopped\n");
      process.exit(0);
    },
    (error: unknown) => {
      log.error("stop_failed", { reason: describe(error) });
      process.exit(1);
    },
  );
}

function toWindowMode(window: string | undefined): WindowMode {
  if (window === undefined) return { kind: "fullscreen" };
  const [widthPixels = 0, heightPixels = 0] = window.split("x").map(Number);
  return { kind: "window", widthPixels, heightPixels };
}
