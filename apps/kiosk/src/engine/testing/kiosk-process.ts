import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

/** A kiosk in a process of its own, without a glass. */
export interface KioskProcess extends AsyncDisposable {
  /** What it wrote to stdout so far. */
  output(): string;
  /** Structured log lines so far. */
  logLines(): string[];
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
  /** Its exit code once it ended by itself. */
  ended: Promise<number | null>;
}

const MAIN = resolve(import.meta.dirname, "../../main.ts");

/** Starts `main.ts` on a data folder with the shell `none`, and `env` beside ours. Ends with SIGKILL when disposed. */
export function startKioskProcess(
  serverUrl: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): KioskProcess {
  const args = [MAIN, "--server", serverUrl, "--shell", "none", "--data", folder];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  let errors = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    output += bytes.toString("utf8");
  });
  child.stderr?.on("data", (bytes: Buffer) => {
    errors += bytes.toString("utf8");
  });
  const ended = new Promise<number | null>((resolveEnd) => child.once("exit", resolveEnd));
  const kill = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    return await ended;
  };
  return {
    output: () => output,
    logLines: () => errors.split("\n").filter((line) => line !== ""),
    kill,
    ended,
    [Symbol.asyncDispose]: async () => void (await kill("SIGKILL")),
  };
}
