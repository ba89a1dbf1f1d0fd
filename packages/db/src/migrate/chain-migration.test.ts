import { hash, randomUUID } from "node:crypto";
import { makeChainVerifier } from "@vitrine/core/audit/verify-chain";
import { expect, test } from "vitest";
import { auditCatalogue } from "../catalogue/audit-catalogue.ts";
import { openJobsDatabase } from "../jobs/open-jobs-database.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase } from "../testing/test-database.ts";
import { migrate } from "./migrate.ts";

/** Takes back what the migration of the chain did. */
const BEFORE_THE_CHAIN = `
  drop trigger audit_events_chain on tenant.audit_events;
  drop trigger audit_events_kept on tenant.audit_events;
  alter table tenant.audit_events drop constraint audit_events_pkey;
  alter table tenant.audit_events drop column sequence, drop column hash;
  alter table tenant.audit_events add constraint audit_events_pkey primary key (organization_id, id);
  create index audit_events_newest on tenant.audit_events (organization_id, created_at, id);
  create index audit_events_by_subject on tenant.audit_events (organization_id, subject, subject_id, created_at);
  drop table tenant.audit_checks;
  delete from ledger.migrations where tag like '%_audit_chain'`;

test("what was recorded before there was a chain is in it after the migration, and what comes later follows", async () => {
  await using testDatabase = await createTestDatabase();
  await using stack = new AsyncDisposableStack();
  const sql = openSuperuser(testDatabase.superuserUrl);
  stack.defer(() => sql.end());
  await sql.unsafe(BEFORE_THE_CHAIN);
  const organizations = [await makeOrganization(sql, "North"), await makeOrganization(sql, "South")];
  for (const organizationId of organizations) {
    await sql`insert into tenant.audit_events
      (organization_id, id, actor_kind, actor_name, action, subject, before, after, created_at)
      select ${organizationId}, gen_random_uuid(), 'user', 'Zoë "Z" ' || n, 'assets.update', 'asset',
        case n % 3 when 0 then 'null'::jsonb when 1 then '{"name": "é", "n": 1.50}'::jsonb end, null,
        '2026-11-20'::timestamptz - n * interval '1 hour' from generate_series(1, 50) n`;
  }
  const { changes } = await migrate({ url: testDatabase.superuserUrl });
  expect(changes).toContain("trigger audit_events_chain made");
  expect(await auditCatalogue((text) => sql.unsafe(text))).toEqual([]);

  await sql`insert into tenant.audit_events (organization_id, id, actor_kind, actor_name, action, subject)
    values (${organizations[0] ?? ""}, ${randomUUID()}, 'user', 'Sam', 'assets.update', 'asset')`;
  const jobs = stack.use(await openJobsDatabase({ url: testDatabase.urls.vitrine_jobs }));
  for (const [index, organizationId] of organizations.entries()) {
    const events = await jobs.readChain({ organizationId, limit: 100 });
    const verifier = makeChainVerifier((text) => hash("sha256", text, "hex"));
    verifier.add(events);
    expect(verifier.verdict()).toMatchObject({ fault: null, head: { sequence: 51 - index } });
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
  }
});
