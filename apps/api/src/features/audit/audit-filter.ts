import { AUDIT_ACTIONS } from "@vitrine/core/audit/actions";
import type { AuditFilter } from "@vitrine/core/model/audit";
import { auditEvents } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { isAnyOf } from "@vitrine/db/values";
import { type AnyColumn, and, eq, gte, lt, type SQL, sql } from "drizzle-orm";

/** What of a filter an index can find; a text that is searched for is not among it. */
export function auditCondition({ organizationId }: OrganizationScope, filter: AuditFilter): SQL | undefined {
  const { actorId, area, action, subject, subjectId, from, until } = filter;
  return and(
    eq(auditEvents.organizationId, organizationId),
    actorId === undefined ? undefined : eq(auditEvents.actorId, actorId),
    action === undefined ? undefined : eq(auditEvents.action, action),
    area === undefined
      ? undefined
      : isAnyOf(
          auditEvents.action,
          "text",
          AUDIT_ACTIONS[area].map((verb) => `${area}.${verb}`),
        ),
    subject === undefined ? undefined : eq(auditEvents.subject, subject),
    subjectId === undefined ? undefined : eq(auditEvents.subjectId, subjectId),
    from === undefined ? undefined : gte(auditEvents.createdAt, new Date(from)),
    until === undefined ? undefined : lt(auditEvents.createdAt, new Date(until)),
  );
}

/** The columns that a text is looked for in. */
type Searched = Record<
  "actorName" | "remoteAddress" | "requestId" | "subjectId" | "before" | "after",
  AnyColumn
>;

/**
 * Whether an event has a text, whatever its case, in who did it, from where, its values, or the present name of its
 * thing. No index serves this: one over every value would cost each write more than the event itself.
 */
export function hasText(columns: Searched, text: string): SQL {
  const { actorName, remoteAddress, requestId, subjectId, before, after } = columns;
  return sql`(position(lower(${text}) in lower(concat_ws(' ', ${actorName}, ${remoteAddress}, ${requestId},
      ${subjectId}, ${before}, ${after}))) > 0
    or ${subjectId} in (
      select id::text from app.search_assets(${text}) id union all select id::text from app.search_playlists(${text}) id
      union all select id::text from app.search_devices(${text}) id))`;
}
