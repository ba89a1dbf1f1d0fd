import net from "node:net";

/** Where the driver wants to connect: a path, or hosts with a port each. */
export interface SocketTarget {
  host: string[];
  port: number[];
  path: string | false;
}

/** Opens the socket for the driver, which otherwise reconnects by itself and sends what was queued for the old connection. */
export async function openSocket(target: SocketTarget, timeoutMs: number): Promise<net.Socket> {
  const places = target.path
    ? [{ path: target.path }]
    : target.host.map((host, index) => ({ host, port: target.port[index] ?? 5432 }));
  let failure: unknown = new Error("No address to connect to");
  for (const place of places) {
    try {
      return await connectTo(place, timeoutMs);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const FAREWELL_MS = 1000;

/** The driver says goodbye and then waits for the other side, which may be gone without a word. */
export function closeSoon(socket: net.Socket): void {
  const timer = setTimeout(() => socket.destroy(), FAREWELL_MS).unref();
  socket.once("close", () => clearTimeout(timer));
}

function connectTo(place: net.NetConnectOpts, timeoutMs: number): Promise<net.Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<net.Socket>();
  const socket = net.connect({ ...place, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 });
  if ("host" in place) Object.assign(socket, { host: place.host });
  const timer = setTimeout(() => socket.destroy(new Error("Connecting took too long")), timeoutMs);
  socket.once("connect", () => {
    clearTimeout(timer);
    socket.removeAllListeners("error");
    resolve(socket);
  });
  socket.once("error", (error) => {
    clearTimeout(timer);
    reject(error);
  });
  return promise;
}
