import { join } from "node:path";
import { DOMAIN_GRACE_HOURS, MAX_DOMAINS } from "@vitrine/core/model/domain";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkDueDomains } from "../../system/domain-checks.ts";
import { refusalOf, signUp, type Visiting } from "../../testing/browser.ts";
import { startTestDns, type TestDns } from "../../testing/dns-server.ts";
import { readMails, receiveMail } from "../../testing/mailbox.ts";
import { memberOf } from "../../testing/member.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let dns: TestDns;
let server: TestServer;
let superuser: postgres.Sql;
let olga: Visiting;
beforeAll(async () => {
  dns = await startTestDns();
  server = await startTestServer({
    VITRINE_DNS_SERVERS: dns.address,
    VITRINE_BASE_DOMAIN: "signs.test",
  });
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});
let domain: string;
beforeEach(async () => {
  dns.mood = "well";
  olga = await signUp(server.url, "Olga", "North");
  domain = `${crypto.randomUUID()}.example.com`;
});

async function add({ api }: Visiting, name = domain): Promise<void> {
  const { record } = await api.domains.add.mutate({ domain: name });
  dns.records.set(record.name, [...(dns.records.get(record.name) ?? []), record.value]);
}
const verify = ({ api }: Visiting) => api.domains.verify.mutate({ domain });
const remove = ({ api }: Visiting) => api.domains.remove.mutate({ domain });
const stateOf = async ({ api }: Visiting) => (await api.domains.list.query()).rows[0]?.state;
const leadsTo = async () => {
  server.services.hosts.forget();
  const meaning = await server.services.hosts.find(domain);
  return meaning.kind === "organization" ? meaning.organizationId : meaning.kind;
};
const idOf = async ({ api }: Visiting) => (await api.organization.get.query()).id;
/** As if so many hours had gone by since the domain was last looked at, and since its record was gone. */
async function hoursLater(hours: number): Promise<void> {
  await superuser`update system.verified_domains set checked_at = checked_at - ${hours} * interval '1 hour'
    where domain = ${domain}`;
  await superuser`update tenant.domains set missing_since = missing_since - ${hours} * interval '1 hour'
    where domain = ${domain}`;
  await checkDueDomains(server.services);
}
const actions = async (visiting: Visiting) => {
  const id = await idOf(visiting);
  const rows = await superuser<{ action: string; actor: string }[]>`select action, actor_kind as actor
    from tenant.audit_events where organization_id = ${id} and action like 'domains.%' order by sequence`;
  return rows.map(({ action, actor }) => `${actor} ${action}`);
};

test("a domain leads to the organization from the moment that its record is found", async () => {
  const { record } = await olga.api.domains.add.mutate({ domain: `  ${domain.toUpperCase()} ` });
  expect(record.name).toBe(`_vitrine.${domain}`);
  expect(record.value).toMatch(/^vitrine-verification=[0-9a-f-]{36}$/);
  expect(await refusalOf(verify(olga))).toBe("DOMAIN_RECORD_MISSING");
  dns.records.set(record.name, ["v=spf1 -all", "vitrine-verification=another"]);
  expect(await refusalOf(verify(olga))).toBe("DOMAIN_RECORD_MISSING");
  dns.mood = "broken";
  expect(await refusalOf(verify(olga))).toBe("DNS_UNREACHABLE");
  dns.mood = "well";
  expect(await leadsTo()).toBe("unknown");
  dns.records.set(record.name, ["x".repeat(300), record.value]);
  expect((await verify(olga)).rows).toMatchObject([{ domain, state: "verified", trustedUntil: null }]);
  expect(await leadsTo()).toBe(await idOf(olga));
  const again = await olga.api.domains.add.mutate({ domain });
  expect(again.record).toEqual(record);
  await remove(olga);
  expect(await leadsTo()).toBe("unknown");
  expect(await refusalOf(verify(olga))).toBe("NOT_FOUND");
  expect(await actions(olga)).toEqual(["user domains.add", "user domains.verify", "user domains.remove"]);
});

test("claims stand in nobody's way; the first to prove one has it until they let go", async () => {
  const other = await signUp(server.url, "Ben", "South");
  await olga.api.domains.add.mutate({ domain });
  await add(other);
  await verify(other);
  expect(await stateOf(olga)).toBe("waiting");
  await add(olga);
  expect(await refusalOf(verify(olga))).toBe("DOMAIN_TAKEN");
  expect(await leadsTo()).toBe(await idOf(other));
  await remove(other);
  await verify(olga);
  expect(await leadsTo()).toBe(await idOf(olga));
});

test("of several organizations that prove one domain at once, one gets it", async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => signUp(server.url, "One", "Many")));
  for (const one of people) await add(one);
  const tries = await Promise.allSettled([...people, ...people].map(verify));
  const rows = await superuser`select organization_id from tenant.domains
    where domain = ${domain} and verified_at is not null`;
  expect(rows).toHaveLength(1);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
});

test("one that loses its record is trusted for the grace and says so, then no more; another may have it", async () => {
  await add(olga);
  await verify(olga);
  dns.records.delete(`_vitrine.${domain}`);
  await hoursLater(0.9);
  expect(await stateOf(olga), "not looked at within the hour").toBe("verified");
  await hoursLater(0.2);
  expect(await stateOf(olga)).toBe("missing");
  const until = (await olga.api.domains.list.query()).rows[0]?.trustedUntil ?? "";
  expect((Date.parse(until) - Date.now()) / 3_600_000).toBeCloseTo(DOMAIN_GRACE_HOURS, 0);
  dns.mood = "broken";
  await hoursLater(DOMAIN_GRACE_HOURS + 1);
  expect(await stateOf(olga), "nobody could say").toBe("missing");
  expect(await leadsTo()).toBe(await idOf(olga));
  dns.mood = "well";
  await hoursLater(2);
  expect(await stateOf(olga)).toBe("lost");
  expect(await leadsTo()).toBe("unknown");
  const other = await signUp(server.url, "Ben", "South");
  await add(other);
  await verify(other);
  expect(await leadsTo()).toBe(await idOf(other));
  expect(await actions(olga)).toEqual([
    "user domains.add",
    "user domains.verify",
    "system domains.miss",
    "system domains.lose",
  ]);
  await receiveMail(join(server.folder, "data"), olga.email, 2);
  const mails = await readMails(join(server.folder, "data"), olga.email);
  const told = domain.replaceAll(".", ".\u200b");
  expect(mails.map(({ subject }) => subject).sort()).toEqual(
    [`The record of ${told} is gone`, `${told} no longer leads to you`].sort(),
  );
  for (const { text } of mails) expect(text).toContain("/settings/domains");
});

test("a record that comes back within the grace mends it", async () => {
  await add(olga);
  await verify(olga);
  const values = dns.records.get(`_vitrine.${domain}`) ?? [];
  dns.records.delete(`_vitrine.${domain}`);
  await hoursLater(2);
  expect(await stateOf(olga)).toBe("missing");
  dns.records.set(`_vitrine.${domain}`, values);
  await hoursLater(2);
  expect(await stateOf(olga)).toBe("verified");
});

test.each([
  ["an address", "192.0.2.1"],
  ["one label", "intranet"],
  ["an underscore", "a_b.example.com"],
  ["a path", "example.com/a"],
  ["the base domain", "signs.test"],
  ["a sub-domain of it", "other.signs.test"],
  ["this machine", "shop.localhost"],
  ["what is too long", `${"a".repeat(60)}.`.repeat(5)],
])("%s is no domain of one's own", async (_name, wrong) => {
  expect(await refusalOf(olga.api.domains.add.mutate({ domain: wrong }))).toBe("INVALID_INPUT");
});

test("an organization has so many domains and no more; who may not edit it sees and changes none", async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: MAX_DOMAINS + 3 }, (_, index) =>
      olga.api.domains.add.mutate({ domain: `d${index}.${domain}` }),
    ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(MAX_DOMAINS);
  expect(await refusalOf(olga.api.domains.add.mutate({ domain }))).toBe("TOO_MANY");
  const { api } = await memberOf(server, olga, "manager");
  for (const call of [api.domains.list.query(), verify({ ...olga, api }), remove({ ...olga, api })])
    expect(await refusalOf(call)).toBe("PERMISSION_MISSING");
});
