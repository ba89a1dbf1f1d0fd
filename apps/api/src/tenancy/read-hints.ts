import type { FastifyRequest } from "fastify";
import type { Services } from "../services.ts";
import type { Hint } from "./resolve-organization.ts";

const LONGEST = 100;

/** What a request says of the organization that it is for: by its host, `X-Organization`, and, in development, `?organization=`. */
export async function readHints(
  { hosts, config }: Pick<Services, "hosts" | "config">,
  request: FastifyRequest,
): Promise<Hint[]> {
  const hints: Hint[] = [];
  const meaning = await hosts.find(request.host);
  if (meaning.kind === "organization") hints.push({ source: meaning.by, names: meaning.organizationId });
  const header = request.headers["x-organization"];
  if (header !== undefined) hints.push({ source: "header", names: textOf(header) });
  if (config.isDevelopment) {
    const query = Object(request.query).organization;
    if (query !== undefined) hints.push({ source: "query", names: textOf(query) });
  }
  return hints;
}

/** Given twice, or longer than any id or slug: names nothing. */
function textOf(value: unknown): string | null {
  return typeof value === "string" && value.length <= LONGEST ? value.trim() : null;
}
