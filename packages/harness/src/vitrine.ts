import { join } from "node:path";
import { type Running, repository, run } from "./processes.ts";

export type VitrineServer = AsyncDisposable & { url: string; port: number; process: Running };

/** A real server in a process of its own, on the data folder given; `port` 0 takes a free one. */
export async function startVitrine(
  dataDir: string,
  port = 0,
  env: Record<string, string> = {},
): Promise<VitrineServer> {
  const running = run(process.execPath, [join(repository, "apps/api/src/server.ts")], {
    PORT: String(port),
    HOST: "127.0.0.1",
    VITRINE_DATA: dataDir,
    VITRINE_LOG: "warn",
    ...(port === 0 ? {} : { VITRINE_CONTENT_PORT: "0" }),
    ...env,
  });
  const [, url = ""] = await running.waitFor(/Vitrine is ready at (\S+)/, 60_000);
  return {
    url,
    port: Number(new URL(url).port),
    process: running,
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

export type KioskOptions = {
  server: string;
  dataDir: string;
  display: string;
  /** Undefined: full-screen. */
  window?: string | undefined;
  /** Words before the command, as of a network namespace. */
  prefix?: readonly string[];
  env?: Record<string, string>;
};

/** A real kiosk process with the Chromium shell on an X display, in a window of 1280 × 720 unless told. */
export function startKiosk(options: KioskOptions): Running {
  const { server, dataDir, display, prefix = [] } = options;
  const window = "window" in options ? options.window : "1280x720";
  const command = [...prefix, process.execPath, join(repository, "apps/kiosk/src/main.ts")];
  const [program = "", ...first] = command;
  const args = ["--server", server, "--shell", "chromium", "--data", dataDir];
  // The pages of tests are on this machine.
  const env = { DISPLAY: display, VITRINE_KIOSK_ALLOW_PRIVATE: "127.0.0.1", ...options.env };
  return run(program, [...first, ...args, ...(window === undefined ? [] : ["--window", window])], env);
}
