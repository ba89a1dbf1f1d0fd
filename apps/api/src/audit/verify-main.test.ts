import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditState } from "@vitrine/core/model/audit";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { callProcedure, text } from "../testing/alike-world.ts";
import { tamper } from "../testing/tampering.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const stateAnswer = z.object({ result: z.object({ data: auditState }) });
let server: TestServer;
let superuser: postgres.Sql;
let folder: string;
let cookie: string;
let organizationId: string;

beforeAll(async () => {
  server = await startTestServer({ VITRINE_AUDIT_ANCHOR_SECONDS: "1" });
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), "vitrine-verify-"));
  const input = {
    name: "Sam",
    email: "sam@example.com",
    password: "correct horse battery",
    organizationName: "Shop",
  };
  const answer = await callProcedure(server.url, "account.signUp", { type: "mutation", input });
  cookie = answer.cookie ?? "";
  organizationId = text(answer.body, "result.data.organization.id");
  for (const name of ["One", "Two", "Three"]) {
    await callProcedure(server.url, "playlists.create", { type: "mutation", input: { name }, cookie });
  }
  // What a server with this database would have: passwords of roles are derived from the secret.
  const { dataDir } = server.services.config;
  const secrets = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const databaseSecret = decodeURIComponent(new URL(server.testDatabase.superuserUrl).password);
  writeFileSync(join(folder, "secrets.json"), JSON.stringify({ ...secrets, databaseSecret }));
});
afterAll(async () => {
  await superuser.end();
  rmSync(folder, { recursive: true, force: true });
  await server[Symbol.asyncDispose]();
});

/** Runs the program on a copy of the server's anchors as they are now. */
async function verify(args: readonly string[], dataDir = folder) {
  const anchors = join(server.services.config.dataDir, "audit-anchors.jsonl");
  cpSync(anchors, join(folder, "audit-anchors.jsonl"), { force: true });
  const env = { ...process.env, DATABASE_URL: server.testDatabase.superuserUrl, VITRINE_DATA: dataDir };
  const main = join(import.meta.dirname, "verify-main.ts");
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [main, ...args], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

test("the program says of each organization whether its record is whole, and names the first bad event", async () => {
  await expect
    .poll(() => server.services.auditAnchors.lastSequence(organizationId), { timeout: 10_000 })
    .toBe(4);
  expect(await verify([])).toEqual({
    code: 0,
    output: expect.stringMatching(
      new RegExp(
        `^${organizationId}: 4 events, \\d+ anchors: whole to event 4, [0-9a-f]{64}\nAll is whole.\n$`,
      ),
    ),
  });
  expect((await verify(["--organization", organizationId])).code).toBe(0);
  expect(await verify([], join(folder, "none"))).toMatchObject({
    code: 2,
    output: expect.stringContaining("set VITRINE_DATA"),
  });
  expect((await verify(["--organization", "nobody"])).code).toBe(2);

  const exported = await fetch(`${server.url}/audit/export?format=jsonl`, { headers: { cookie } });
  const file = join(folder, "export.jsonl");
  const lines = await exported.text();
  writeFileSync(file, lines);
  expect(await verify(["--file", file])).toMatchObject({
    code: 0,
    output: expect.stringContaining("whole to event 5"),
  });
  writeFileSync(file, lines.replace("Two", "Too"));
  expect(await verify(["--file", file])).toMatchObject({
    code: 1,
    output: expect.stringContaining("event 3 ("),
  });
  writeFileSync(file, lines.split("\n").slice(0, -3).join("\n"));
  expect((await verify(["--file", file])).code).toBe(1);

  const state = await callProcedure(server.url, "audit.state", { type: "query", cookie });
  const { head } = stateAnswer.parse(state.body).result.data;
  writeFileSync(join(folder, "head.json"), JSON.stringify({ organizationId, ...head }));
  const ours = `organization_id = '${organizationId}'`;
  await tamper(superuser, `delete from tenant.audit_events where ${ours} and sequence > 4`);
  await tamper(
    superuser,
    `update tenant.audit_events set actor_name = 'Nobody' where ${ours} and sequence = 4`,
  );
  expect(await verify([])).toMatchObject({
    code: 1,
    output: expect.stringMatching(/event 4 \([0-9a-f-]+\) was changed/),
  });
  await tamper(superuser, `delete from tenant.audit_events where ${ours}`);
  const gone = await verify(["--head", join(folder, "head.json")]);
  expect(gone).toMatchObject({
    code: 1,
    output: expect.stringContaining("event 1 and what followed is cut off"),
  });
}, 120_000);
