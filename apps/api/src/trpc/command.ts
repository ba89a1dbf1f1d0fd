import { CHANGE_IDS, type Subject } from "@vitrine/core/model/event";
import type { OrganizationTransaction } from "@vitrine/db/database";
import { auditEvents, organizations, outbox } from "@vitrine/db/schema";
import type { OrganizationScope } from "@vitrine/db/scope";
import { eq, sql } from "drizzle-orm";
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
/** The server itself, acting for an organization: a finished job, a screen that refused. */
export type SystemActor = { kind: "system" | "device"; id: string | null; name: string };

export type AuditEntry = {
  /** `area.verb`, for instance `playlists.rename`. */
  action: string;
  subject: Subject;
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
const CONTENT: ReadonlySet<Subject> = new Set(["organization", "asset", "playlist", "device"]);

/**
 * Runs one command in one tenant transaction: its writes, its audit events, the organization's content revision
 * and the outbox rows commit together or not at all. Returns what `work` returns.
 */
export async function runCommand<Result>(
  context: CommandContext,
  work: (tx: OrganizationTransaction, record: Recorder) => Promise<Result>,
): Promise<Result> {
  const { services, scope } = context;
  return services.database.inOrganization(scope, async (tx) => {
    const audits: AuditEntry[] = [];
    const changes: { subject: Subject; ids: readonly string[]; action: string }[] = [];
    const result = await work(tx, {
      audit: (entry) => audits.push(entry),
      changed: (subject, ids, action) => {
        for (let from = 0; from < ids.length; from += CHANGE_IDS) {
          changes.push({ subject, ids: ids.slice(from, from + CHANGE_IDS), action });
        }
      },
    });
    const organizationId = scope.organizationId;
    const writes: PromiseLike<unknown>[] = [];
    if (audits.length > 0) {
      writes.push(
        tx.insert(auditEvents).values(
          audits.map((entry) => ({
            organizationId,
            id: services.newId(),
            actorKind: context.actor.kind,
            actorId: context.actor.id,
            actorName: context.actor.name,
            action: entry.action,
            subject: entry.subject,
            subjectId: entry.subjectId,
            before: entry.before ?? null,
            after: entry.after ?? null,
            requestId: context.requestId,
            remoteAddress: context.remoteAddress,
          })),
        ),
      );
    }
    if (changes.some(({ subject }) => CONTENT.has(subject))) {
      writes.push(
        tx
          .update(organizations)
          .set({ contentRevision: sql`${organizations.contentRevision} + 1` })
          .where(eq(organizations.organizationId, organizationId)),
      );
    }
    if (changes.length > 0) {
      writes.push(
        tx
          .insert(outbox)
          .values(changes.map((event) => ({ organizationId, event: { ...event, ids: [...event.ids] } }))),
      );
    }
    await Promise.all(writes);
    return result;
  });
}
