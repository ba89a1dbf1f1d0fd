import type { FastifyRequest } from "fastify";
import type { Config } from "../platform/config.ts";

/** The dashboard's origin as this client reaches it. */
export function publicOriginOf(config: Config, request: FastifyRequest): string {
  return config.publicOrigin ?? `${request.protocol}://${request.host}`;
}

/** The content origin as this client reaches it: configured, else this host on the content port. */
export function contentOriginOf(config: Config, request: FastifyRequest, contentPort: number): string {
  if (config.contentOrigin !== undefined) return config.contentOrigin;
  return `${request.protocol}://${hostnameOf(request.host)}:${contentPort}`;
}

/** Host without its port; an IPv6 address keeps its brackets. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, "");
}
