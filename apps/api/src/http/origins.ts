import { appError } from "@vitrine/core/model/errors";
import { slug } from "@vitrine/core/model/organization";
import type { FastifyRequest } from "fastify";
import type { Config } from "../platform/config.ts";
import type { Services } from "../services.ts";
import { labelBelow, nameOfHost, originAt } from "../tenancy/names.ts";
import { isHostName } from "./host-name.ts";

/** The dashboard's origin as this client says that it reaches it, unless it is configured: for no message and no decision. */
export function publicOriginOf(config: Config, request: FastifyRequest): string {
  return config.publicOrigin ?? reachedAt(config, request);
}

/** What the Origin of a page of ours is there: that of an organization's host, else as configured, else as it is reached. */
export async function expectedOriginOf(
  { config, hosts }: Pick<Services, "config" | "hosts">,
  request: FastifyRequest,
): Promise<string> {
  const meaning = await hosts.find(request.host);
  return meaning.kind === "organization" ? reachedAt(config, request) : publicOriginOf(config, request);
}

/**
 * Where messages that this request causes lead: the organization's host that it came by, else as configured, else this
 * machine. A host that is none of these may be anybody's: where messages are sent, it is refused. Scheme and port are
 * ours, whatever the request says. Errors: HOST_UNKNOWN.
 */
export async function mailOriginOf(
  { config, hosts, mailer, ownOrigin }: Pick<Services, "config" | "hosts" | "mailer" | "ownOrigin">,
  { host }: FastifyRequest,
): Promise<string> {
  const meaning = await hosts.find(host);
  const isOfOrganization = meaning.kind === "organization" && meaning.organizationId !== null;
  if (isOfOrganization) return originAt(ownOrigin(), nameOfHost(host));
  if (config.publicOrigin !== undefined) return config.publicOrigin;
  if (meaning.kind === "own") return originAt(ownOrigin(), nameOfHost(host));
  if (mailer.outcome === "sent") throw appError("HOST_UNKNOWN", { host: host.slice(0, 260) });
  return ownOrigin();
}

/**
 * Where messages about an account lead back to: the sub-domain that they were caused at, whether or not an organization
 * has it, which the message would tell otherwise; else null. Not to a domain of an organization's own: whoever answers
 * there would be given the link of anybody for whom they ask for one. Scheme and port are ours, whatever the request says.
 */
export function accountOriginOf(
  { config, ownOrigin }: Pick<Services, "config" | "ownOrigin">,
  { host }: FastifyRequest,
): string | null {
  const name = nameOfHost(host);
  const isSubdomain = slug.safeParse(labelBelow(config.baseDomain, name)).success;
  return isSubdomain ? originAt(ownOrigin(), name) : null;
}

/** The content origin as this client reaches it: configured, else this host on the content port. */
export function contentOriginOf(config: Config, request: FastifyRequest, contentPort: number): string {
  if (config.contentOrigin !== undefined) return config.contentOrigin;
  return `${request.protocol}://${hostnameOf(hostOf(request))}:${contentPort}`;
}

/** As the client calls us; what is refused for its Host is answered as if it were this machine's. */
function hostOf({ host }: FastifyRequest): string {
  return isHostName(host) ? host : "localhost";
}

/** Where a proxy stands in front, as the configured address says, every host is reached by the same scheme. */
function reachedAt({ publicOrigin }: Config, request: FastifyRequest): string {
  const scheme = publicOrigin === undefined ? `${request.protocol}:` : new URL(publicOrigin).protocol;
  return `${scheme}//${hostOf(request)}`;
}

/** Host without its port; an IPv6 address keeps its brackets. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, "");
}
