import type { AuditAction } from "@vitrine/core/audit/actions";
import type { AuditSubject } from "@vitrine/core/model/audit";
import { CHANGE_IDS, type ChangeEvent, type Subject } from "@vitrine/core/model/event";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { auditEvents, organizations, outbox } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { sql } from "drizzle-orm";
import type { Actor } from "../auth/principal.ts";
import type { Services } from "../services.ts";

/** What a command is given by the procedure that calls it. */
export type CommandContext = {
  services: Services;
  scope: OrganizationScope;
  actor: Actor | SystemActor;
  requestId: string;
  remoteAddress: string;
};
/**
 * Who acts without a session: the server itself (a finished job), a screen, or a person who has an account from this
 * very command on, recorded as the user they are then.
 */
export type SystemActor =
  | { kind: "system" | "device"; id: string | null; name: string }
  | { kind: "newcomer"; id: string; name: string };

export type AuditEntry = {
  action: AuditAction;
  subject: AuditSubject;
  subjectId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Collects what a command did; written with it, in the same transaction. */
export type Recorder = {
  audit(entry: AuditEntry): void;
  /** Tells open dashboards, and screens that use it, that these things changed. */
  changed(subject: Subject, ids: readonly string[], action: string): void;
};

/** What a manifest is made of: a change of these bumps the organization's content revision. */
const CONTENT: ReadonlySet<Subject> = new Set([
  "organization",
  "asset",
  "playlist",
  "layout",
  "daypart",
  "entry",
  "device",
]);

/**
 * Runs one command in one tenant transaction: its writes, its audit events, the organization's content revision
 * and the outbox rows commit together or not at all. Returns what `work` returns.
 */
export async function runCommand<Result>(
  context: Omit<CommandContext, "services"> & { services: Pick<Services, "database" | "newId"> },
  work: (tx: OrganizationTransaction, record: Recorder) => Promise<Result>,
): Promise<Result> {
  const { services, scope } = context;
  return services.database.inOrganization(scope, async (tx) => {
    const audits: AuditEntry[] = [];
    const changes: ChangeEvent[] = [];
    const result = await work(tx, {
      audit: (entry) => audits.push(entry),
      changed: (subject, ids, action) => {
        for (let from = 0; from < ids.length; from += CHANGE_IDS) {
          changes.push({ subject, ids: ids.slice(from, from + CHANGE_IDS), action });
        }
      },
    });
    if (audits.length > 0 || changes.length > 0) {
      const rows = audits.map((entry) => toAuditRow(services.newId(), context, entry));
      await tx.execute(recordStatement(scope.organizationId, rows, changes));
    }
    return result;
  });
}

function toAuditRow(id: string, context: Omit<CommandContext, "services">, entry: AuditEntry) {
  const { actor, requestId, remoteAddress } = context;
  return {
    ...entry,
    id,
    actor_kind: actor.kind === "newcomer" ? ("user" as const) : actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    subject_id: entry.subjectId,
    request_id: requestId,
    remote_address: remoteAddress,
  };
}

/**
 * All that a command leaves beside its own writes, in one statement whose text is always the same. The organization's row
 * is taken before its audit chain, by every command: who did it the other way round would wait for whoever did not.
 */
function recordStatement(
  organizationId: string,
  audits: readonly ReturnType<typeof toAuditRow>[],
  changes: readonly ChangeEvent[],
) {
  const id = sql`${organizationId}::uuid`;
  return sql`
    with revised as (
      update ${organizations} set content_revision = content_revision + 1
      where organization_id = ${id} and ${changes.some(({ subject }) => CONTENT.has(subject))}
      returning 1
    ), audited as (
      insert into ${auditEvents} (organization_id, id, actor_kind, actor_id, actor_name, action, subject, subject_id,
        before, after, request_id, remote_address)
      select ${id}, one.id, one.actor_kind, one.actor_id, one.actor_name, one.action, one.subject, one.subject_id,
        one.before, one.after, one.request_id, one.remote_address
      from jsonb_to_recordset(${JSON.stringify(audits)}::jsonb) as one(id uuid, actor_kind text, actor_id uuid,
        actor_name text, action text, subject text, subject_id text, before jsonb, after jsonb, request_id text,
        remote_address text)
      where (select count(*) from revised) >= 0
    )
    insert into ${outbox} (organization_id, event)
    select ${id}, one.event from jsonb_array_elements(${JSON.stringify(changes)}::jsonb) as one(event)`;
}
