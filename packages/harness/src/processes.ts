import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "../../..");

/** A child process that is waited for by what it prints, and surely gone when disposed. */
export type Running = AsyncDisposable & {
  pid: number;
  output(): string;
  /** The first match in what it has printed or will print; rejects when it exits or after the time-out. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpMatchArray>;
  /** Resolves with the exit code once it is gone; null when a signal ended it. */
  exited: Promise<number | null>;
  /** Sends a signal and resolves with the exit code once it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** Starts a program of this repository with Node, or any other program. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(command, args, {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const listeners = new Set<() => void>();
  const add = (chunk: Buffer) => {
    text += chunk.toString("utf8");
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  const gone = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  return {
    pid: child.pid ?? 0,
    output: () => text,
    waitFor: (pattern, timeoutMs = 60_000) => waitForText(child, () => text, listeners, pattern, timeoutMs),
    exited: gone,
    end: (signal) => {
      child.kill(signal);
      return gone;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await gone;
      clearTimeout(timer);
    },
  };
}

function waitForText(
  child: ChildProcess,
  read: () => string,
  listeners: Set<() => void>,
  pattern: RegExp,
  timeoutMs: number,
): Promise<RegExpMatchArray> {
  return new Promise((resolveMatch, reject) => {
    const finish = (settle: () => void) => {
      listeners.delete(look);
      clearTimeout(timer);
      settle();
    };
    const look = () => {
      const match = read().match(pattern);
      if (match) finish(() => resolveMatch(match));
    };
    const fail = (why: string) =>
      finish(() => reject(new Error(`${why} before ${pattern}:\n${read().slice(-4000)}`)));
    const timer = setTimeout(() => fail("Time ran out"), timeoutMs);
    child.once("exit", (code) => fail(`It exited with ${code}`));
    listeners.add(look);
    look();
  });
}

/** A folder of its own, removed when disposed. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), "vitrine-journey-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Polls until `read` gives something other than undefined; rejects with `what` after the deadline. */
export async function eventually<Value>(
  what: string,
  read: () => Promise<Value | undefined> | Value | undefined,
  timeoutMs = 30_000,
  everyMs = 100,
): Promise<Value> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > deadlineMs) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
