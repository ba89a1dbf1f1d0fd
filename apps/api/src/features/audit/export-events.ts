import type { AuditFilter, AuditHead } from "@vitrine/core/model/audit";
import type { Database } from "@vitrine/db/database";
import { auditEvents } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { and, asc, gt, lte, sql } from "drizzle-orm";
import { type CommandContext, runCommand } from "../../trpc/command.ts";
import { auditCondition, hasText } from "./audit-filter.ts";
import type { ExportedEvent, ExportFormat } from "./export-lines.ts";
import { readState } from "./queries.ts";

/** A page is one statement; the next is read when the reader has taken it, so memory is that of a page. */
const PAGE = 1_000;
const RATE = { limit: 60, windowMs: 3_600_000 };

/**
 * Records that the events of a filter are taken out, and gives the head of the chain, whose last event that record is
 * or is followed by. Errors: TOO_MANY_REQUESTS.
 */
export async function startExport(
  ctx: CommandContext,
  filter: AuditFilter,
  extension: string,
): Promise<AuditHead> {
  const { database, newId, rateLimits } = ctx.services;
  rateLimits.take("audit-export", ctx.scope.organizationId, RATE);
  await runCommand(ctx, async (_, record) => {
    const after = { format: extension, filter };
    record.audit({ action: "audit.export", subject: "audit", subjectId: newId(), after });
  });
  return (await readState(database, ctx.scope)).head;
}

/** The lines of an export, in the order of the chain up to `head`, in pieces of a page. */
export async function* exportEvents(
  database: Database,
  scope: OrganizationScope,
  { filter, format, head }: { filter: AuditFilter; format: ExportFormat; head: AuditHead },
): AsyncGenerator<string> {
  yield format.first;
  let events = 0;
  for (let after = 0; ; ) {
    const rows = await readPage(database, scope, filter, { after, upTo: head.sequence });
    if (rows.length > 0) yield rows.map(toExported).map(format.event).join("");
    events += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = last.sequence;
  }
  yield format.last(events, head);
}

type Read = Omit<ExportedEvent, "at" | "hash"> & { createdAt: Date; hash: Buffer };

async function readPage(
  database: Database,
  scope: OrganizationScope,
  { search, ...filter }: AuditFilter,
  { after, upTo }: { after: number; upTo: number },
): Promise<Read[]> {
  const [rows] = await database.batch(scope, (q) => [
    q
      .select({
        ...COLUMNS,
        before: sql<string | null>`${auditEvents.before}::text`,
        after: sql<string | null>`${auditEvents.after}::text`,
      })
      .from(auditEvents)
      .where(
        and(
          auditCondition(scope, filter),
          gt(auditEvents.sequence, after),
          lte(auditEvents.sequence, upTo),
          search === undefined ? undefined : hasText(auditEvents, search),
        ),
      )
      .orderBy(asc(auditEvents.sequence))
      .limit(PAGE),
  ]);
  return rows;
}

const COLUMNS = {
  sequence: auditEvents.sequence,
  hash: auditEvents.hash,
  id: auditEvents.id,
  createdAt: auditEvents.createdAt,
  organizationId: auditEvents.organizationId,
  actorKind: auditEvents.actorKind,
  actorId: auditEvents.actorId,
  actorName: auditEvents.actorName,
  action: auditEvents.action,
  subject: auditEvents.subject,
  subjectId: auditEvents.subjectId,
  requestId: auditEvents.requestId,
  remoteAddress: auditEvents.remoteAddress,
};

function toExported({ createdAt, hash, ...event }: Read): ExportedEvent {
  return { ...event, hash: hash.toString("hex"), at: createdAt.toISOString() };
}
