import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { beginFor } from "../database/burst.ts";
import { Lane } from "../database/lane.ts";
import { organizationScope } from "../database/scope.ts";
import { makeOrganization, openSuperuser } from "../testing/seed.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";

let testDatabase: TestDatabase;
let superuser: postgres.Sql;
let lane: Lane;
const organizations: Record<string, string> = {};

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  superuser = openSuperuser(testDatabase.superuserUrl);
  for (const [size, count] of [
    ["one row", 1],
    ["a thousand rows", 1000],
    ["thirty thousand rows", 30_000],
  ] as const) {
    const id = await makeOrganization(superuser, size);
    organizations[size] = id;
    await superuser`insert into tenant.assets (organization_id, id, kind, name, state, size_bytes, created_at)
      select ${id}, gen_random_uuid(), case when n % 50 = 0 then 'video' else 'image' end, 'Asset ' || n,
        case when n % 100 = 0 then 'failed' else 'ready' end, n, now() - n * interval '1 second'
      from generate_series(1, ${count}) n`;
  }
  await superuser`vacuum analyze tenant.assets`;
  lane = new Lane({
    url: testDatabase.urls.vitrine_app,
    applicationName: "plans",
    connectTimeoutMs: 2000,
    preparedTexts: 100,
  });
});
afterAll(async () => {
  await lane.drop();
  await superuser.end();
  await testDatabase[Symbol.asyncDispose]();
});

interface Plan {
  "Node Type": string;
  "Relation Name"?: string | undefined;
  "Index Name"?: string | undefined;
  "Index Cond"?: string | undefined;
  Plans?: Plan[] | undefined;
}
const plan: z.ZodType<Plan> = z.object({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  "Index Name": z.string().optional(),
  "Index Cond": z.string().optional(),
  Plans: z.lazy(() => z.array(plan)).optional(),
});
const answer = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: plan })]) })]);

/** Every node of the plan that the serving role gets, under row security. */
async function explain(organizationId: string, text: string): Promise<Plan[]> {
  const sent = [
    lane.control(beginFor(organizationScope(organizationId))),
    lane.send(`explain (format json) ${text.replaceAll("$org", `'${organizationId}'`)}`, [], "objects"),
    lane.control("COMMIT"),
  ];
  const [, explained] = await Promise.all(sent);
  const nodesOf = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
  return nodesOf(answer.parse(explained?.rows)[0]["QUERY PLAN"][0].Plan);
}

const after = `'2026-01-01'::timestamptz, '${randomUUID()}'::uuid`;
const LISTS: [what: string, index: string, text: string][] = [
  [
    "newest first, a page further",
    "assets_by_time",
    `select * from tenant.assets where organization_id = $org and is_active and (created_at, id) < (${after}) order by created_at desc, id desc limit 50`,
  ],
  [
    "oldest first, a page further",
    "assets_by_time",
    `select * from tenant.assets where organization_id = $org and is_active and (created_at, id) > (${after}) order by created_at, id limit 50`,
  ],
  [
    "by name, a page further",
    "assets_by_name",
    `select * from tenant.assets where organization_id = $org and is_active and (name, id) > ('Asset 5', '${randomUUID()}'::uuid) order by name, id limit 50`,
  ],
  [
    "largest first, a page further",
    "assets_by_size",
    `select * from tenant.assets where organization_id = $org and is_active and (size_bytes, id) < (900, '${randomUUID()}'::uuid) order by size_bytes desc, id desc limit 50`,
  ],
  [
    "of one kind, newest first",
    "assets_by_kind",
    `select * from tenant.assets where organization_id = $org and is_active and kind = 'web' and (created_at, id) < (${after}) order by created_at desc, id desc limit 50`,
  ],
  [
    "of one state, newest first",
    "assets_by_state",
    `select * from tenant.assets where organization_id = $org and is_active and state = 'pending' and (created_at, id) < (${after}) order by created_at desc, id desc limit 50`,
  ],
];

describe.each(["one row", "a thousand rows", "thirty thousand rows"])("an organization of %s", (size) => {
  test.each(LISTS)(
    "lists content %s from an index in its order, under row security",
    async (_, index, text) => {
      const nodes = await explain(organizations[size] ?? "", text);
      const kinds = nodes.map((node) => node["Node Type"]);
      expect(kinds).not.toContain("Seq Scan");
      const scans = nodes.filter((node) => node["Relation Name"] === "assets");
      expect(scans).toHaveLength(1);
      expect(scans[0]?.["Index Cond"]).toContain("organization_id");
      // A small organization may as well be read whole and sorted; a large one must come in order.
      if (size !== "thirty thousand rows") return;
      expect(scans[0]?.["Index Name"]).toBe(index);
      expect(scans[0]?.["Index Cond"]).toContain("ROW(");
      expect(kinds).not.toContain("Sort");
    },
  );

  test("finds a row, its items and a name by index", async () => {
    for (const text of [
      `select * from tenant.assets where organization_id = $org and id = '${randomUUID()}'`,
      `select * from tenant.assets where organization_id = $org and is_active and name = 'Asset 7'`,
      `select * from tenant.assets where organization_id = $org and id = any(array['${randomUUID()}', '${randomUUID()}']::uuid[])`,
    ]) {
      expect((await explain(organizations[size] ?? "", text)).map((node) => node["Node Type"])).not.toContain(
        "Seq Scan",
      );
    }
  });
});
