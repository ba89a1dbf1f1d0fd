import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";

/**
 * Lets a server stop while it sends or receives large files: what is still under way `graceMs` after it began to
 * close is cut. Whoever was at it resumes.
 */
export function endTransfersOnClose(app: FastifyInstance, graceMs: number): void {
  const underWay = new Set<IncomingMessage>();
  app.addHook("onRequest", async ({ raw }, reply) => {
    underWay.add(raw);
    reply.raw.once("close", () => underWay.delete(raw));
  });
  app.addHook("preClose", async () => {
    const timer = setTimeout(() => {
      for (const request of underWay) request.destroy();
    }, graceMs);
    timer.unref();
  });
}
