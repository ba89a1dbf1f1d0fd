import type { FastifyInstance } from "fastify";

/** The time that a body of JSON may take from its first byte to its last: 2 MB over a slow mobile line. */
const LIMIT_MS = 30_000;

/**
 * Ends connections whose JSON comes drop by drop, which would hold them, and a process' files, for as long as somebody
 * likes. What may take hours (uploads) is for those who are let in, and is let go of when nothing comes.
 */
export function endSlowBodies(app: FastifyInstance, limitMs = LIMIT_MS): void {
  app.addHook("preParsing", (request, _reply, payload, done) => {
    if ((request.headers["content-type"] ?? "").startsWith("application/json")) {
      const timer = setTimeout(() => request.raw.destroy(), limitMs);
      request.raw.once("end", () => clearTimeout(timer));
      request.raw.once("close", () => clearTimeout(timer));
    }
    done(null, payload);
  });
}
