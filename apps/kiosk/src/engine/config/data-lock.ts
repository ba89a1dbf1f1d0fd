import { mkdir, rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { ConfigError } from "./config.ts";

/**
 * Holds a data folder for this process alone, until disposed or until the process dies in whatever way: the
 * lock is a socket, which the kernel takes back. Rejects with `ConfigError` when another kiosk has it.
 */
export async function lockDataFolder(folder: string): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const address = await lockAddress(folder);
  const server = (await tryListen(address)) ?? (await listenInPlaceOfDead(address));
  if (!server) {
    throw new ConfigError(
      `Another kiosk is running on ${folder}. Stop it first, or give this one a folder of its own with --data DIR.`,
    );
  }
  server.unref();
  return {
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** By device and inode, so that two ways to write the same folder meet. Linux has names without a file. */
async function lockAddress(folder: string): Promise<string> {
  if (process.platform !== "linux") return join(folder, "lock.sock");
  const { dev, ino } = await stat(folder);
  return `\0vitrine-kiosk-${dev}-${ino}`;
}

function tryListen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => {
      if ("code" in error && error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

/** A socket file outlives its process: if nobody answers behind it, it is replaced. */
async function listenInPlaceOfDead(address: string): Promise<Server | undefined> {
  if (address.startsWith("\0") || (await isAnswering(address))) return undefined;
  await rm(address, { force: true });
  return await tryListen(address);
}

function isAnswering(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
