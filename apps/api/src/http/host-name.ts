import { invalidInput } from "@vitrine/core/model/errors";
import type { FastifyInstance } from "fastify";

/** A name or an address, and maybe a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]{1,253})(:\d{1,5})?$/i;

/** Whether a request's Host, or what a proxy says that it was, is one. */
export function isHostName(host: string): boolean {
  return HOST.test(host);
}

/**
 * Refuses whoever calls the server by what is no name, or by several: it comes to stand in headers of ours, such as
 * the policy of what a page may load. Errors: INVALID_INPUT.
 */
export function requireHostNames(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ raw, headers }) => {
    const { host } = headers;
    if (host === undefined) return;
    const count = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
    const forwarded = String(headers["x-forwarded-host"] ?? host)
      .split(",")
      .map((name) => name.trim());
    if (count > 1 || ![host, ...forwarded].every((name) => isHostName(name)))
      throw invalidInput("", "The Host of the request is not well formed");
  });
}
