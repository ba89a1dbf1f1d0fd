import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestDatabase } from "@vitrine/db/testing";
import * as z from "zod";

/** A real server in a process of its own, which a test can kill. */
export type ServerProcess = {
  url: string;
  /** All that it logged so far; nothing unless it was started to log. */
  logged(): string;
  /** Ends it by a signal; gives its exit code, null when the signal itself ended it. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
};

const ready = z.object({ port: z.int(), contentPort: z.int() });
const START_MS = 30_000;

/** Starts a server on a test database with its data in `folder`; starting again in the same folder goes on there. */
export async function startServerProcess(
  database: TestDatabase,
  folder: string,
  log: "silent" | "debug" = "silent",
): Promise<ServerProcess> {
  const dashboardDir = join(folder, "dashboard");
  await mkdir(dashboardDir, { recursive: true });
  await writeFile(join(dashboardDir, "index.html"), "<!doctype html><title>Vitrine</title>");
  const child = spawn(process.execPath, [join(import.meta.dirname, "server-main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      PORT: "0",
      HOST: "127.0.0.1",
      VITRINE_DATA: join(folder, "data"),
      VITRINE_DASHBOARD_DIR: dashboardDir,
      VITRINE_LOG: log,
      TEST_ROLE_URLS: JSON.stringify(database.urls),
    },
  });
  let logged = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (log === "silent") process.stderr.write(text);
    else logged += text;
  });
  const exited = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  const lines = createInterface({ input: child.stdout });
  const started = once(lines, "line", { signal: AbortSignal.timeout(START_MS) });
  const outcome = await Promise.race([started.then(([line]) => String(line)), exited]);
  if (typeof outcome !== "string") throw new Error(`The server ended with ${outcome} before it was ready`);
  const { port } = ready.parse(JSON.parse(outcome));
  return {
    url: `http://127.0.0.1:${port}`,
    logged: () => logged,
    async end(signal) {
      child.kill(signal);
      return await exited;
    },
  };
}
