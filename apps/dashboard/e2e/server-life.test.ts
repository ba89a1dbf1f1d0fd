import { statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { makeApi, signUp } from "@vitrine/harness/person";
import { openEmbedded } from "@vitrine/harness/plays";
import { repository, run, temporaryFolder } from "@vitrine/harness/processes";
import { startVitrine } from "@vitrine/harness/vitrine";
import { afterAll, expect, test } from "vitest";

/** A data folder that many servers have, one after the other: a new one takes most of a start. */
const used = temporaryFolder();
afterAll(() => used[Symbol.dispose]());

/** Starts a server that is expected to refuse, and gives what it says and its exit code. */
async function refusedStart(env: Record<string, string>): Promise<{ says: string; code: number | null }> {
  const running = run(process.execPath, [join(repository, "apps/api/src/server.ts")], {
    PORT: "0",
    HOST: "127.0.0.1",
    VITRINE_LOG: "silent",
    ...env,
  });
  const code = await running.exited;
  return { says: running.output().trim(), code };
}

/** One sentence or two that a person can act on, and no stack. */
function isAdvice(text: string): boolean {
  return text.split("\n").length === 1 && text.length < 300 && !text.includes("    at ");
}

test("a second server on the same data folder is refused in one sentence", async () => {
  await using _first = await startVitrine(used.path);
  const { says, code } = await refusedStart({ VITRINE_DATA: used.path });
  expect(code).not.toBe(0);
  expect(says).toContain("is in use by another Vitrine server");
  expect(isAdvice(says), says).toBe(true);
});

test("a port in use is refused in one sentence that names the variable, and nothing keeps running", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => other.once("listening", done));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { says, code } = await refusedStart({
    VITRINE_DATA: used.path,
    PORT: String(port),
    VITRINE_CONTENT_PORT: "0",
  });
  expect(code).not.toBe(0);
  expect(says).toBe(`Port ${port} is in use. Stop what uses it, or set PORT to another port.`);
  other.close();
  await using again = await startVitrine(used.path);
  expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
});

test("a database that cannot be reached is refused in one sentence that says what to check", async () => {
  using folder = temporaryFolder();
  const { says, code } = await refusedStart({
    VITRINE_DATA: folder.path,
    // secretlint-disable-next-line @secretlint/secretlint-rule-database-connection-string -- nobody's
    DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:9/none",
  });
  expect(code).not.toBe(0);
  expect(says).toContain("check DATABASE_URL");
  expect(isAdvice(says), says).toBe(true);
});

test("a database newer than the code is refused in one sentence, and left as it is", async () => {
  using folder = temporaryFolder();
  {
    await using server = await startVitrine(folder.path);
    const sql = openEmbedded(folder.path);
    await sql`insert into ledger.migrations (tag, sha256) values ('9999_future', 'x')`;
    await sql.end();
    await server.process.end("SIGTERM");
  }
  const { says, code } = await refusedStart({ VITRINE_DATA: folder.path });
  expect(code).not.toBe(0);
  expect(says).toContain("newer than this version of Vitrine");
  expect(isAdvice(says), says).toBe(true);
});

test.each([
  ["PORT", "http"],
  ["VITRINE_PUBLIC_ORIGIN", "not an address"],
  ["DATABASE_URL", "mysql://x"],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0"],
  ["NODE_OPTIONS", "--tls-min-v1.0"],
])("an unusable %s is named", async (name, value) => {
  using folder = temporaryFolder();
  const { says, code } = await refusedStart({ VITRINE_DATA: folder.path, [name]: value });
  expect(code).not.toBe(0);
  expect(says).toContain(name);
  expect(isAdvice(says), says).toBe(true);
});

test("after SIGTERM, SIGINT and SIGKILL the next start finds everything again", async () => {
  let server = await startVitrine(used.path);
  const person = await signUp(server.url, "Stays", "Stays");
  const made = await person.api.playlists.create.mutate({ name: "Loop", assetIds: [] });
  for (const signal of ["SIGTERM", "SIGINT", "SIGKILL"] as const) {
    const code = await server.process.end(signal);
    if (signal !== "SIGKILL") expect(code, signal).toBe(0);
    server = await startVitrine(used.path);
    const api = makeApi(server.url, { cookie: person.cookie });
    expect((await api.playlists.get.query({ id: made.id })).name, signal).toBe("Loop");
  }
  await server[Symbol.asyncDispose]();
});

test("secrets are kept with mode 0600, and no log line carries one", async () => {
  using folder = temporaryFolder();
  await using server = await startVitrine(folder.path, 0, { VITRINE_LOG: "debug" });
  const person = await signUp(server.url, "Quiet", "Quiet");
  await person.api.apiKeys.create.mutate({ name: "Key", grants: ["assets.view"], expiresAt: null });
  expect(statSync(join(folder.path, "secrets.json")).mode & 0o777).toBe(0o600);
  const log = server.process.output();
  expect(log).toContain("account.signUp");
  expect(log).not.toContain(person.password);
  expect(log).not.toContain(person.cookie.split("=")[1]);
  expect(log).not.toMatch(/vtr_[0-9A-Za-z]{20}/);
});
