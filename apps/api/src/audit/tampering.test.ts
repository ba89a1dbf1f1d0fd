import { openJobsDatabase } from "@vitrine/db/jobs";
import { createTestDatabase } from "@vitrine/db/testing";
import postgres from "postgres";
import { expect, test } from "vitest";
import { tryAnchors } from "./testing/try-anchors.ts";
import { tryTamperings } from "./testing/try-tamperings.ts";

test("whatever the owner of the database does to the events is found, with the first bad one", async () => {
  await using testDatabase = await createTestDatabase();
  await using stack = new AsyncDisposableStack();
  const sql = postgres(testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  stack.defer(() => sql.end());
  const jobs = stack.use(await openJobsDatabase({ url: testDatabase.urls.vitrine_jobs }));
  const { misses, tried, found, untouched } = await tryTamperings({ sql, jobs, runs: 400, seed: 5 });
  expect(misses).toEqual([]);
  expect([...tried.keys()].sort()).toEqual(["delete", "edit", "reorder", "rewrite", "truncate"]);
  expect([...found.keys()].sort()).toEqual(["changed", "cutOff", "missing", "outOfOrder", "rewritten"]);
  expect(untouched).toBe(20);
});

test("whatever is done to the lines of the anchors is found, with the first bad one", async () => {
  expect((await tryAnchors({ runs: 300, seed: 5 })).misses).toEqual([]);
});
