import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/**
 * Ends connections that never sent a request when a server closes: browsers open some ahead of need, and Node counts
 * them neither as idle nor as finished, so that they would hold a stopping server.
 */
export function endSilentConnectionsOnClose(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  const speak = ({ socket }: { socket: Socket }) => silent.delete(socket);
  app.server.on("request", speak);
  app.server.on("upgrade", speak);
  app.addHook("preClose", async () => {
    for (const socket of silent) socket.destroy();
  });
}
