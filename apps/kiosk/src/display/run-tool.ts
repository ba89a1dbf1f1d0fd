import { execFile } from "node:child_process";

/** Runs a program of the machine, without a shell, and gives what it printed. Rejects with a sentence. */
export type RunTool = (command: string, args: readonly string[], signal: AbortSignal) => Promise<string>;

const TIME_LIMIT_MS = 10_000;
const OUTPUT_LIMIT_BYTES = 1024 * 1024;

/** Runs programs found on the `PATH` of this environment, each for ten seconds at most. */
export function createRunTool(env: Readonly<Record<string, string | undefined>>): RunTool {
  return (command, args, signal) =>
    new Promise((resolve, reject) => {
      // Its words are parsed, so they have to be those of no language.
      const options = {
        env: { ...env, LC_ALL: "C" },
        signal,
        timeout: TIME_LIMIT_MS,
        maxBuffer: OUTPUT_LIMIT_BYTES,
      };
      execFile(command, [...args], options, (error, output, complaint) => {
        if (error === null) return resolve(output);
        if (signal.aborted) return reject(signal.reason);
        const isMissing = "code" in error && error.code === "ENOENT";
        if (isMissing) return reject(new Error(`${command} is not installed`));
        const why = error.killed ? `no answer in ${TIME_LIMIT_MS} ms` : firstLine(complaint);
        reject(new Error(`${command}: ${why}`));
      });
    });
}

function firstLine(text: string): string {
  const line = text.split("\n").find((candidate) => candidate.trim() !== "");
  return (line ?? "it failed without a word").trim().slice(0, 200);
}
