import { type ChildProcess, spawn } from "node:child_process";

/** A virtual X display of its own. */
export interface Display extends AsyncDisposable {
  /** What `DISPLAY` has to be. */
  readonly name: string;
}

/** Starts Xvfb on a free display number and waits until it takes clients. */
export async function startDisplay(width = 1280, height = 720): Promise<Display> {
  const child = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const name = `:${await readNumber(child)}`;
  return {
    name,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.kill()) await ended;
    },
  };
}

function readNumber(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", () => reject(new Error('Xvfb is not installed (Debian: "apt install xvfb")')));
    child.once("exit", (code) => reject(new Error(`Xvfb ended with code ${code}`)));
    let text = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith("\n")) resolve(text.trim());
    });
  });
}
