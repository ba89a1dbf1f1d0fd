import { Readable } from "node:stream";
import { auditFilter } from "@vitrine/core/model/audit";
import { appError } from "@vitrine/core/model/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import * as z from "zod";
import { findPrincipal } from "../auth/find-principal.ts";
import { requireOrganization, scopeOf } from "../auth/principal.ts";
import { requirePermission } from "../auth/require-permission.ts";
import { exportEvents, startExport } from "../features/audit/export-events.ts";
import { EXPORT_FORMATS } from "../features/audit/export-lines.ts";
import type { Services } from "../services.ts";
import { contentDisposition } from "./content-disposition.ts";
import { expectedOriginOf } from "./origins.ts";
import { requireSameOrigin } from "./same-origin.ts";

const query = auditFilter.extend({ format: z.enum(["csv", "jsonl"]) });

/**
 * `GET /audit/export?format=csv|jsonl` and a filter: the organization's audit events as a download, for whoever may see
 * them. It is streamed, and recorded itself; header and last line name the head of the chain. Errors: NOT_SIGNED_IN,
 * those of `requireOrganization`, PERMISSION_MISSING, INVALID_INPUT, TOO_MANY_REQUESTS.
 */
export async function auditExportPlugin(
  app: FastifyInstance,
  { services }: { services: Services },
): Promise<void> {
  app.get("/audit/export", { exposeHeadRoute: false }, async (request, reply) => {
    requireSameOrigin(request, await expectedOriginOf(services, request));
    const exporter = await requireExporter(services, request);
    const { format: name, ...filter } = readQuery(request);
    const format = EXPORT_FORMATS[name];
    const head = await startExport(exporter, filter, format.extension);
    const lines = exportEvents(services.database, exporter.scope, { filter, format, head });
    return reply
      .headers({
        "content-type": format.mediaType,
        "content-disposition": contentDisposition(
          "attachment",
          `audit-${services.clock.now().toISOString().slice(0, 10)}`,
          format.extension,
        ),
        "cache-control": "no-store",
        "x-audit-head": `${head.sequence} ${head.hash}`,
      })
      .send(Readable.from(lines, { objectMode: false, highWaterMark: 1 }));
  });
}

async function requireExporter(services: Services, request: FastifyRequest) {
  const principal = await findPrincipal(services, request);
  if (!principal) throw appError("NOT_SIGNED_IN");
  const { actor } = principal;
  const organization = requireOrganization(principal);
  requirePermission(organization, "audit.view");
  return {
    services,
    scope: scopeOf(organization),
    actor,
    requestId: request.id,
    remoteAddress: request.ip,
  };
}

function readQuery(request: FastifyRequest) {
  const parsed = query.safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw appError("INVALID_INPUT", {
    issues: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  });
}
