import { request as httpRequest } from "node:http";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSmtpServer } from "../mail/testing/test-smtp-server.ts";
import { newEmail, openBrowser, refusalOf, signUp, type Visiting } from "../testing/browser.ts";
import { startTestDns, type TestDns } from "../testing/dns-server.ts";
import { receiveMail } from "../testing/mailbox.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const BASE = "signs.test";
const PASSWORD = "correct horse battery";

type Owner = Visiting & { organizationId: string; slug: string; key: string; jar: Map<string, string> };

let dns: TestDns;
let server: TestServer;
let superuser: postgres.Sql;
/** In alpha, which has a domain too; in alpha and beta; in gamma, which was removed. */
let olga: Owner;
let ben: Owner;
let gina: Owner;
beforeAll(async () => {
  dns = await startTestDns();
  server = await startTestServer({
    VITRINE_BASE_DOMAIN: BASE,
    VITRINE_DNS_SERVERS: dns.address,
    NODE_ENV: "development",
  });
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  olga = await makeOwner("Alpha");
  ben = await makeOwner("Beta");
  gina = await makeOwner("Gamma");
  await superuser`insert into tenant.memberships (organization_id, user_id, role)
    values (${olga.organizationId}, ${ben.userId}, 'viewer')`;
  server.services.sessions.forget(ben.userId);
  await prove(olga, "signage.alpha.example");
  await prove(gina, "signage.gamma.example");
  await gina.api.organization.remove.mutate({ name: "Gamma" });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});

async function makeOwner(name: string): Promise<Owner> {
  const jar = new Map<string, string>();
  const api = openBrowser(server.url, jar);
  const email = newEmail();
  const { user, organization } = await api.account.signUp.mutate({
    name: `Owner of ${name}`,
    email,
    password: PASSWORD,
    organizationName: name,
  });
  const { secret } = await api.apiKeys.create.mutate({ name: "Reader", grants: ["organization.view"] });
  const { id = "", slug = "" } = organization ?? {};
  return { api, jar, email, userId: user.id, organizationId: id, slug, key: secret };
}

async function prove(owner: Owner, domain: string): Promise<void> {
  const { record } = await owner.api.domains.add.mutate({ domain });
  dns.records.set(record.name, [record.value]);
  await owner.api.domains.verify.mutate({ domain });
}

type Ask = {
  port?: number;
  host?: string;
  path?: string;
  body?: unknown;
  headers?: Record<string, string>;
};
type Answer = { status: number; body: string; code: string | undefined; setCookie: string[] };

/** One request with a host of one's own choice, which `fetch` does not let anybody choose. */
function ask({
  port = server.port,
  host,
  path = "/trpc/organization.get",
  body,
  headers = {},
}: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        port,
        host: "127.0.0.1",
        path,
        method: body === undefined ? "GET" : "POST",
        headers: {
          ...(host === undefined ? {} : { host: `${host}:${port}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          text += part;
        });
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            code: text.match(/"code":"([A-Z_]+)","isRetryable"/)?.[1],
            setCookie: response.headers["set-cookie"] ?? [],
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
const cookieOf = ({ jar }: Owner) => ({ cookie: `vitrine_session=${jar.get("vitrine_session")}` });
const bearerOf = ({ key }: Owner) => ({ authorization: `Bearer ${key}` });
const nameIn = ({ body, code }: Answer) => code ?? body.match(/"name":"(\w+)"/)?.[1];

const HOSTS = {
  "no host of ours": { host: undefined, means: undefined },
  "an unknown host": { host: "elsewhere.example", means: undefined },
  "the base domain": { host: BASE, means: undefined },
  "alpha's domain": { host: "signage.alpha.example", means: "Alpha" },
  "ALPHA's domain with a dot": { host: "Signage.Alpha.Example.", means: "Alpha" },
  "alpha's sub-domain": { host: `alpha.${BASE}`, means: "Alpha" },
  "beta's sub-domain": { host: `beta.${BASE}`, means: "Beta" },
  "the domain of one that was removed": { host: "signage.gamma.example", means: "nobody" },
  "the sub-domain of one that was removed": { host: `gamma.${BASE}`, means: "nobody" },
  "an unknown sub-domain": { host: `nobody.${BASE}`, means: "nobody" },
  "one below a sub-domain": { host: `www.alpha.${BASE}`, means: "nobody" },
} as const;

test("who acts where, over every host, header, query, session and key; what is not to be had is one answer", async () => {
  const callers = [
    { name: "Olga", headers: cookieOf(olga), own: ["Alpha"], isKey: false },
    { name: "Ben", headers: cookieOf(ben), own: ["Beta", "Alpha"], isKey: false },
    { name: "alpha's key", headers: bearerOf(olga), own: ["Alpha"], isKey: true },
    { name: "beta's key", headers: bearerOf(ben), own: ["Beta"], isKey: true },
  ];
  const words = [
    [undefined, undefined],
    [olga.organizationId, "Alpha"],
    ["beta", "Beta"],
    ["gamma", "nobody"],
    ["nobody", "nobody"],
  ] as const;
  const refusals = new Set<string>();
  let count = 0;
  for (const [hostName, { host, means }] of Object.entries(HOSTS)) {
    for (const [header, byHeader] of words) {
      for (const [query, byQuery] of words) {
        for (const { name, headers, own, isKey } of callers) {
          const answer = await ask({
            ...(host === undefined ? {} : { host }),
            path: `/trpc/organization.get${query === undefined ? "" : `?organization=${query}`}`,
            headers: { ...headers, ...(header === undefined ? {} : { "x-organization": header }) },
          });
          const said = [means, byHeader, byQuery].filter((word) => word !== undefined);
          const wanted = (isKey ? said[0] : (means ?? byQuery)) ?? own[0] ?? "";
          const isHad = own.includes(wanted) && said.every((word) => word === wanted);
          const cell = `${name} at ${hostName}, header ${header}, query ${query}`;
          expect(nameIn(answer), cell).toBe(isHad ? wanted : "ORGANIZATION_UNAVAILABLE");
          if (!isHad) refusals.add(answer.body.replaceAll(/"requestId":"[^"]+"/g, ""));
          count += 1;
        }
      }
    }
  }
  expect(count).toBe(11 * 5 * 5 * 4);
  expect([...refusals]).toHaveLength(1);
}, 120_000);

test("the query counts in development alone", async () => {
  await using other = await startTestServer({ VITRINE_BASE_DOMAIN: BASE });
  const owner = await signUp(other.url, "Pia", "Pi");
  expect((await owner.api.organization.get.query()).name).toBe("Pi");
  const jar = new Map<string, string>();
  const pia = openBrowser(other.url, jar);
  await pia.account.signIn.mutate({ email: owner.email, password: PASSWORD });
  const answer = await fetch(`${other.url}/trpc/organization.get?organization=nobody`, {
    headers: { cookie: `vitrine_session=${jar.get("vitrine_session")}` },
  });
  expect(answer.status).toBe(200);
});

test("a sign-in at an organization's address acts there, chooses nothing else, and its cookie is of that host alone", async () => {
  const host = `alpha.${BASE}`;
  const origin = { origin: `http://${host}:${server.port}`, "sec-fetch-site": "same-origin" };
  const signIn = { path: "/trpc/account.signIn", body: { email: ben.email, password: PASSWORD } };
  const entered = await ask({ host, ...signIn, headers: origin });
  expect(entered.body).toContain('"name":"Alpha","slug":"alpha"');
  expect(entered.body).toContain('"isBound":true,"isUnavailable":false');
  const session = entered.setCookie.find((line) => line.startsWith("vitrine_session="));
  expect(session).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax/);
  expect(session).not.toMatch(/domain/i);
  const cookie = session?.split(";")[0] ?? "";

  const select = { path: "/trpc/organization.select", body: { organizationId: ben.organizationId } };
  const chosen = await ask({ host, ...select, headers: { ...origin, cookie } });
  expect(chosen.code).toBe("ORGANIZATION_UNAVAILABLE");
  const evil = { origin: "http://evil.example", "sec-fetch-site": "cross-site", cookie };
  expect((await ask({ host, ...select, headers: evil })).code).toBe("CROSS_SITE_REQUEST");
  const sibling = { origin: `http://beta.${BASE}:${server.port}`, cookie };
  expect((await ask({ host, ...select, headers: sibling })).code).toBe("CROSS_SITE_REQUEST");
});

test("who does not belong to it is told one thing, whether there is such an organization or not, and may sign out", async () => {
  const told = new Set<string>();
  for (const host of [`alpha.${BASE}`, "signage.alpha.example", `gamma.${BASE}`, `nobody.${BASE}`]) {
    const stranger = host.startsWith("gamma") || host.startsWith("nobody") ? olga : gina;
    const view = await ask({ host, path: "/trpc/account.session", headers: cookieOf(stranger) });
    expect(view.body).toContain('"organization":null');
    expect(view.body).toContain('"isBound":true,"isUnavailable":true');
    for (const path of [
      "/trpc/organization.get",
      "/trpc/assets.list?input=%7B%7D",
      "/audit/export?format=csv",
    ]) {
      const answer = await ask({ host, path, headers: cookieOf(stranger) });
      told.add(`${answer.status} ${answer.code}`);
    }
  }
  expect([...told]).toEqual(["403 ORGANIZATION_UNAVAILABLE"]);
});

test("a sub-domain shows whose it is only where its organization says so; a domain of its own does", async () => {
  const at = async (host: string) =>
    JSON.parse((await ask({ host, path: "/trpc/organization.atAddress" })).body);
  const nothing = { result: { data: { isBound: true, branding: null } } };
  for (const label of ["alpha", "gamma", "nobody"]) expect(await at(`${label}.${BASE}`)).toEqual(nothing);
  expect(await at("signage.gamma.example")).toEqual(nothing);
  for (const host of [BASE, "elsewhere.example", "localhost"])
    expect(await at(host)).toEqual({ result: { data: { isBound: false, branding: null } } });
  await olga.api.organization.update.mutate({ brandColor: "#b4322a" });
  const shown = {
    result: { data: { isBound: true, branding: { name: "Alpha", brandColor: "#b4322a", logoUrl: null } } },
  };
  expect(await at("signage.alpha.example")).toEqual(shown);
  await olga.api.organization.update.mutate({ isSignInBranded: true });
  expect(await at(`alpha.${BASE}`)).toEqual(shown);
  await olga.api.organization.update.mutate({ isSignInBranded: false });
});

test("names that people would take for ours are nobody's", async () => {
  for (const slug of ["www", "admin", "mail"])
    expect(await refusalOf(olga.api.organization.update.mutate({ slug }))).toBe("SLUG_TAKEN");
  const { organization } = await openBrowser(server.url).account.signUp.mutate({
    name: "Mail",
    email: newEmail(),
    password: PASSWORD,
    organizationName: "Mail",
  });
  expect(organization?.slug).toBe("mail-2");
});

const inviteAt = async (port: number, name: string, cookie: string, namedPort = port) => {
  const email = newEmail();
  const body = { emails: [email], role: "viewer" };
  const headers = { cookie, host: `${name}:${namedPort}` };
  const answer = await ask({ port, path: "/trpc/invitations.create", body, headers });
  return { email, answer };
};
const linkIn = ({ text }: { text?: string | undefined }) => text?.match(/https?:\/\/[^\s/]+/)?.[0];

test("messages lead to the organization's host that they were caused at, and to no host that is not known", async () => {
  const at = (host: string) => inviteAt(server.port, host, cookieOf(olga).cookie);
  const folder = join(server.folder, "data");
  for (const host of [`alpha.${BASE}`, "signage.alpha.example"]) {
    const { email, answer } = await at(host);
    expect(answer.status).toBe(200);
    expect(linkIn(await receiveMail(folder, email))).toBe(`http://${host}:${server.port}`);
  }
  for (const host of ["evil.example", "192.0.2.66", "127.0.0.1.evil.example"]) {
    const { email } = await at(host);
    expect(linkIn(await receiveMail(folder, email)), host).toBe(`http://localhost:${server.port}`);
  }
});

test("the port of a message's link is ours, whatever port the request's Host names", async () => {
  for (const name of [`alpha.${BASE}`, "signage.alpha.example", BASE, "127.0.0.1"]) {
    const { email, answer } = await inviteAt(server.port, name, cookieOf(olga).cookie, 81);
    expect(answer.status, name).toBe(200);
    expect(linkIn(await receiveMail(join(server.folder, "data"), email))).toBe(
      `http://${name}:${server.port}`,
    );
  }
});

test("links of messages about an account lead back to a sub-domain, by our port, and nowhere else for anybody's asking", async () => {
  const own = `http://localhost:${server.port}`;
  const back = (label: string) => `http://${label}.${BASE}:${server.port}`;
  const cases = [
    [`alpha.${BASE}`, back("alpha")],
    [`Alpha.${BASE}.:81`, back("alpha")],
    [`gamma.${BASE}`, back("gamma")],
    [`nobody.${BASE}`, back("nobody")],
    [`www.alpha.${BASE}`, own],
    ["signage.alpha.example", own],
    ["signage.gamma.example", own],
    ["evil.example", own],
    [`alpha.${BASE}.evil.example`, own],
    [`evil.example:80@alpha.${BASE}`, undefined],
  ] as const;
  for (const [host, origin] of cases) {
    const email = newEmail();
    await superuser`insert into system.users (id, email, name, password_hash)
      values (${crypto.randomUUID()}, ${email}, 'Pat', 'none')`;
    const asked = await ask({
      path: "/trpc/account.requestPasswordReset",
      body: { email },
      headers: { host: host.includes(":") ? host : `${host}:${server.port}` },
    });
    expect(asked.status === 200, host).toBe(origin !== undefined);
    if (origin === undefined) continue;
    const { text } = await receiveMail(join(server.folder, "data"), email);
    expect(text, host).toContain(`${origin}/reset-password#`);
    expect(text?.match(/https?:\/\/[^\s/]+/g), host).toEqual([origin]);
  }
});

test("at an organization's address nobody signs up, by no way, whether or not there is one", async () => {
  const email = newEmail();
  const somebody = { name: "Eve", email, password: PASSWORD, organizationName: "Eve's" };
  for (const host of [`alpha.${BASE}`, "signage.alpha.example", `gamma.${BASE}`, `nobody.${BASE}`]) {
    const at = (procedure: string, body?: unknown) =>
      ask({ host, path: `/trpc/account.${procedure}`, ...(body ? { body } : {}) });
    expect((await at("signUpWay")).body).toContain('"way":"byInvitation"');
    for (const [procedure, body] of [
      ["requestSignUp", { email }],
      ["openSignUp", { token: "any" }],
      ["signUp", somebody],
      ["signUp", { ...somebody, token: "any" }],
    ] as const)
      expect((await at(procedure, body)).code, `${procedure} at ${host}`).toBe("SIGN_UP_BY_INVITATION");
  }
  expect(await superuser`select 1 from system.users where email = ${email}`).toHaveLength(0);
});

test("at an organization's address nobody makes another one, whoever they are; elsewhere they do", async () => {
  const make = (host: string) =>
    ask({
      host,
      path: "/trpc/organization.create",
      body: { name: "Another" },
      headers: { cookie: cookieOf(olga).cookie },
    });
  for (const host of [`alpha.${BASE}`, "signage.alpha.example", `nobody.${BASE}`])
    expect((await make(host)).code, host).toBe("SIGN_UP_BY_INVITATION");
  expect(await superuser`select 1 from tenant.organizations where name = 'Another'`).toHaveLength(0);
  expect((await make(BASE)).status).toBe(200);
});

test("where there is a mail server, nothing is sent on the word of a host that is not known", async () => {
  await using mail = await startTestSmtpServer();
  await using other = await startTestServer({
    VITRINE_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    VITRINE_MAIL_FROM: "Vitrine <signs@example.com>",
  });
  const email = newEmail();
  const userId = crypto.randomUUID();
  const sql = postgres(other.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  const organizationId = crypto.randomUUID();
  await sql`insert into tenant.organizations (organization_id, name) values (${organizationId}, 'Sent')`;
  await sql`insert into system.users (id, email, name, password_hash, email_verified_at)
    values (${userId}, ${email}, 'Sue', 'none', now())`;
  await sql`insert into tenant.memberships (organization_id, user_id, role)
    values (${organizationId}, ${userId}, 'owner')`;
  await sql.end();
  const start = { userId, organizationId, userAgent: "test", remoteAddress: "127.0.0.1" };
  const { token } = await other.services.sessions.open(start);
  const cookie = `vitrine_session=${token}`;
  const { answer } = await inviteAt(other.port, "evil.example", cookie);
  expect(answer.code).toBe("HOST_UNKNOWN");
  expect(answer.body).toContain(`evil.example:${other.port}`);
  expect((await inviteAt(other.port, "127.0.0.1", cookie)).answer.status).toBe(200);
});
