import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure } from "../testing/alike-world.ts";
import { newEmail, openBrowser } from "../testing/browser.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { until } from "../testing/until.ts";

const VICTIM = "victim@evil.example";
/** Ends of lines, and what some reader takes for one, before a header of one's own; and lists of addresses. */
const INJECTIONS = [
  `\r\nBcc: ${VICTIM}`,
  `\nBcc: ${VICTIM}`,
  `\rBcc: ${VICTIM}`,
  `\r\n\r\n<script>${VICTIM}</script>`,
  `%0d%0aBcc: ${VICTIM}`,
  `\u2028Bcc: ${VICTIM}`,
  `\u0085Bcc: ${VICTIM}`,
  `\u0000Bcc: ${VICTIM}`,
  `=?utf-8?Q?=0D=0ABcc:_${VICTIM}?=`,
  `, ${VICTIM}`,
  `; ${VICTIM}`,
  ` <${VICTIM}>`,
  `" <${VICTIM}>`,
  `>\r\nRCPT TO:<${VICTIM}`,
];

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer();
  const jar = new Map<string, string>();
  await openBrowser(server.url, jar).account.signUp.mutate({
    name: "Ann",
    email: newEmail(),
    password: "correct horse battery",
    organizationName: "Shop",
  });
  cookie = `vitrine_session=${jar.get("vitrine_session")}`;
});
afterAll(() => server[Symbol.asyncDispose]());

/** Every field that comes to stand in a message, or that one is sent to. */
const FIELDS: { path: string; input: (text: string) => unknown }[] = [
  { path: "account.requestPasswordReset", input: (text) => ({ email: `ann@example.com${text}` }) },
  { path: "account.requestSignUp", input: (text) => ({ email: `ann@example.com${text}` }) },
  { path: "account.requestSignUp", input: (text) => ({ email: `ann${text}@example.com` }) },
  {
    path: "account.requestEmailChange",
    input: (text) => ({ email: `ann@example.com${text}`, currentPassword: "correct horse battery" }),
  },
  { path: "invitations.create", input: (text) => ({ emails: [`ann@example.com${text}`], role: "viewer" }) },
  { path: "account.updateProfile", input: (text) => ({ name: `Ann${text}` }) },
  { path: "organization.update", input: (text) => ({ name: `Shop${text}` }) },
];

test("nothing that is typed anywhere begins a header, a recipient or a body of a message", async () => {
  for (const injection of INJECTIONS) {
    for (const { path, input } of FIELDS) {
      const { status } = await callProcedure(server.url, path, {
        type: "mutation",
        input: input(injection),
        cookie,
      });
      expect([200, 400, 429], `${path} ${JSON.stringify(injection)}`).toContain(status);
    }
    // With the names that were taken, a message that they come to stand in.
    const invitation = { emails: [newEmail()], role: "viewer" };
    await callProcedure(server.url, "invitations.create", { type: "mutation", input: invitation, cookie });
  }
  const sql = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  await until("all messages are written", async () => {
    const open =
      await sql`select from pgboss.job where name = 'send-mail' and state in ('created', 'active', 'retry')`;
    return open.length === 0;
  });
  await sql.end();
  const folder = join(server.folder, "data", "mail");
  const messages = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")),
  );
  expect(messages.length).toBeGreaterThanOrEqual(INJECTIONS.length);
  for (const message of messages) {
    const head = message.slice(0, message.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
    const names = head.split("\r\n").map((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase());
    expect(new Set(names).size, head).toBe(names.length);
    expect(names).not.toContain("bcc");
    expect(names).not.toContain("cc");
    expect(names).not.toContain(undefined);
    const to = head.split("\r\n").filter((line) => /^to:/i.test(line));
    expect(to).toHaveLength(1);
    expect(to[0]).toMatch(/^To: <?[\w.%=?-]+@example\.com>?$/i);
    expect(message).not.toContain(`<script>${VICTIM}`);
  }
});
