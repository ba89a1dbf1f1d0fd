import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** Sees connections: those that come to a port of this machine, by whatever address, and those that this process makes. */
export type Witness = AsyncDisposable & {
  port: number;
  /** How many came in. */
  arrivals: () => number;
  /** Where this process connected to since this was begun, as `host:port`, but for what is allowed. */
  departures: () => string[];
  forget(): void;
};

/** Begins to watch; `allowed` are ports that this process connects to anyway, such as the database's. */
export async function startWitness(allowed: readonly number[] = []): Promise<Witness> {
  let arrivals = 0;
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    arrivals += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    socket.on("error", () => {});
  });
  server.listen(0, "::");
  await once(server, "listening");
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    const note = (address: unknown, port: unknown) => {
      if (!allowed.includes(Number(port))) targets.push(`${address}:${port}`);
    };
    socket.once("connectionAttempt", note);
  };
  subscribe("net.client.socket", onSocket);
  return {
    port: portOf(server),
    arrivals: () => arrivals,
    departures: () => targets,
    forget() {
      arrivals = 0;
      targets.length = 0;
    },
    async [Symbol.asyncDispose]() {
      unsubscribe("net.client.socket", onSocket);
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
