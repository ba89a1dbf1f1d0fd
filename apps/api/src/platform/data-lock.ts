import { createHash } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartupError } from "./startup-error.ts";

/**
 * Takes the data folder for this process, made with mode 0700 where absent. A second process is refused with
 * a StartupError. The lock is a listening socket named after the folder, so it ends with the process, however
 * that dies.
 */
export async function lockDataDir(dataDir: string): Promise<AsyncDisposable> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const name = `vitrine-${createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 32)}`;
  // Linux' abstract socket names leave no file behind; elsewhere a stale file is possible only after a crash.
  const address = process.platform === "linux" ? `\0${name}` : join(tmpdir(), `${name}.sock`);
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, resolve);
  }).catch((cause: unknown) => {
    throw new StartupError(
      `The data folder ${dataDir} is in use by another Vitrine server. Stop that one, or set VITRINE_DATA to another folder.`,
      cause,
    );
  });
  server.unref();
  return { [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
}
