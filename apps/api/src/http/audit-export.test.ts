import { makeChainVerifier } from "@vitrine/core/audit/verify-chain";
import { auditEvents } from "@vitrine/db/schema";
import { organizationScope } from "@vitrine/db/scope";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseExportLine } from "../audit/read-export.ts";
import { sha256 } from "../audit/verify-organization.ts";
import { csvLine } from "../features/audit/export-lines.ts";
import { callProcedure, text } from "../testing/alike-world.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let cookie: string;
let organizationId: string;
beforeAll(async () => {
  server = await startTestServer();
  const input = {
    name: "=Sam",
    email: "sam@example.com",
    password: "correct horse battery",
    organizationName: "Shop",
  };
  const answer = await callProcedure(server.url, "account.signUp", { type: "mutation", input });
  cookie = answer.cookie ?? "";
  organizationId = text(answer.body, "result.data.organization.id");
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (query: string, headers: Record<string, string> = { cookie }) =>
  fetch(`${server.url}/audit/export?${query}`, { headers, signal: AbortSignal.timeout(60_000) });

test("holds every event of the filter, the export itself among them, and can be verified without the server", async () => {
  const { services } = server;
  await services.database.batch(organizationScope(organizationId), (q) => [
    q.insert(auditEvents).values(
      Array.from({ length: 2_500 }, (_, index) => ({
        organizationId,
        id: services.newId(),
        actorKind: "user" as const,
        actorName: `Robin ${index % 3}`,
        action: "playlists.update",
        subject: "playlist",
        before: { long: "é".repeat(index % 7), n: index / 8 },
        after: { b: [index, null, { z: 1e21, a: -0.5e-7 }] },
        createdAt: new Date(services.clock.nowMs() - index * 1_000),
      })),
    ),
  ]);
  const response = await get("format=jsonl");
  expect(response.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-[\d-]+\.jsonl"$/);
  const lines = (await response.text()).trimEnd().split("\n");
  const events = lines.slice(0, -1).map(parseExportLine);
  const verifier = makeChainVerifier(sha256);
  verifier.add(events);
  const { fault, head } = verifier.verdict();
  expect(fault).toBeNull();
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ end: { events: events.length, head } });
  expect(response.headers.get("x-audit-head")).toBe(`${head.sequence} ${head.hash}`);
  expect(events.at(-1)).toMatchObject({ action: "audit.export", actorName: "=Sam" });

  const some = await get("format=jsonl&search=robin+1&area=playlists");
  expect((await some.text()).trimEnd().split("\n")).toHaveLength(834);
});

test("as a table defuses what a spreadsheet would take for a formula", async () => {
  const rows = (await (await get("format=csv&area=audit")).text()).split("\r\n");
  expect(rows[0]).toBe(
    "sequence,at,actorKind,actorId,actorName,action,subject,subjectId,before,after,remoteAddress,requestId,id,hash",
  );
  expect(rows[1]).toContain(",'=Sam,audit.export,audit,");
  expect(rows.at(-2)).toMatch(/^end,\d+ events,head \d+,[0-9a-f]{64}$/);
});

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ["\r=x", '"\'\r=x"'],
  ['=HYPERLINK("a")', '"\'=HYPERLINK(""a"")"'],
  ["a=b", "a=b"],
  ["a,b", '"a,b"'],
  ["two\nlines", '"two\nlines"'],
])("a cell of %j is written as %j", (cell, written) => {
  expect(csvLine([cell, null, -3])).toBe(`${written},,-3\r\n`);
});

test("is refused to whoever may not see the events, from another site, and for a filter that is none", async () => {
  expect((await get("format=csv", {})).status).toBe(401);
  const { url } = server;
  const viewerKey = await callProcedure(url, "apiKeys.create", {
    type: "mutation",
    input: { name: "Key", grants: ["assets.view"] },
    cookie,
  });
  const authorization = `Bearer ${text(viewerKey.body, "result.data.secret")}`;
  const refused = await get("format=csv", { authorization });
  expect({ status: refused.status, body: await refused.text() }).toMatchObject({
    status: 403,
    body: expect.stringContaining('"permission":"audit.view"'),
  });
  expect((await get("format=csv", { cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await get("format=xls")).status).toBe(400);
  expect((await get("format=csv&actorId=me")).status).toBe(400);
});
