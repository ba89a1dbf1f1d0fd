import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure } from "../testing/alike-world.ts";
import { codeOf } from "../testing/authenticator.ts";
import { openBrowser, refusalOf } from "../testing/browser.ts";
import { listProcedures } from "../testing/samples.ts";
import { makeMeddler, PASSWORD, turnOn } from "../testing/second-factor-person.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** Everything dangerous, with input that is: a new dangerous procedure is a line here, and so is one that is none any more. */
const DANGEROUS: Record<string, { when: "always" | "sometimes"; input: unknown; isForPrograms?: boolean }> = {
  "apiKeys.create": { when: "always", input: { name: "Key", grants: ["assets.view"] } },
  "apiKeys.rotate": {
    when: "sometimes",
    input: { id: crypto.randomUUID(), overlapHours: 1 },
    isForPrograms: true,
  },
  "apiKeys.update": { when: "sometimes", input: {} },
  "domains.add": { when: "always", input: { domain: "signs.example.com" } },
  "invitations.create": { when: "sometimes", input: { emails: ["boss@example.com"], role: "admin" } },
  "members.handOver": { when: "always", input: { userId: crypto.randomUUID() } },
  "members.restore": { when: "sometimes", input: {} },
  "members.setBusinesses": {
    when: "sometimes",
    input: { userId: crypto.randomUUID(), businessIds: null },
  },
  "members.setExtra": {
    when: "sometimes",
    input: { userId: crypto.randomUUID(), extra: [{ grant: "members.*", expiresAt: null }] },
  },
  "members.setRole": { when: "sometimes", input: { userId: crypto.randomUUID(), role: "owner" } },
  "organization.remove": { when: "always", input: { name: "Another" } },
  "organization.requireSecondFactor": { when: "always", input: { isRequired: false } },
  "organization.setSecurity": { when: "always", input: { sessionHours: null } },
  "secondFactor.begin": { when: "always", input: undefined },
  "secondFactor.renewRecoveryCodes": { when: "always", input: undefined },
  "secondFactor.turnOff": { when: "always", input: undefined },
};

let server: TestServer;
let meddler: ReturnType<typeof makeMeddler>;
beforeAll(async () => {
  server = await startTestServer();
  meddler = makeMeddler(server);
});
afterAll(async () => {
  await meddler[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

type Owner = Awaited<ReturnType<typeof makeOwner>>;
let owner: Owner;
beforeAll(async () => {
  owner = await makeOwner();
});

async function makeOwner() {
  const jar = new Map<string, string>();
  const api = openBrowser(server.url, jar);
  const email = `${crypto.randomUUID()}@example.com`;
  const person = { name: "Olga", email, password: PASSWORD };
  const session = await api.account.signUp.mutate({ ...person, organizationName: "Shop" });
  return { api, jar, email, userId: session.user.id, organizationId: session.organization?.id ?? "" };
}

/** Somebody who was an administrator here and was removed. */
async function removedAdmin(): Promise<string> {
  const userId = crypto.randomUUID();
  await meddler.sql`insert into tenant.memberships (organization_id, user_id, role, is_active)
    values (${owner.organizationId}, ${userId}, 'admin', false)`;
  return userId;
}
/** A key of the owner's that may read content from one address, and is to be good from anywhere. */
async function wideningOfKey(): Promise<unknown> {
  const key = { name: "Reader", prefix: "vtr_", grants: "{assets.view}", networks: "{192.0.2.1}" };
  const id = crypto.randomUUID();
  await meddler.sql`insert into tenant.api_keys (organization_id, id, name, prefix, secret_hash, grants, networks)
    values (${owner.organizationId}, ${id}, ${key.name}, ${key.prefix}, sha256(${id}::text::bytea),
      ${key.grants}::text[], ${key.networks}::text[])`;
  return { id, networks: [] };
}
const MADE: Record<string, () => Promise<unknown>> = {
  "members.restore": async () => ({ userId: await removedAdmin() }),
  "apiKeys.update": wideningOfKey,
};
const inputOf = async (path: string) => (MADE[path] ? MADE[path]() : DANGEROUS[path]?.input);
const codeOfAnswer = (body: unknown) => JSON.stringify(body).match(/"app":\{"code":"(\w+)"/)?.[1];
const call = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify((await inputOf(path)) ?? {}),
  });
  return codeOfAnswer(await response.json());
};
const cookieOf = ({ jar }: Owner) => ({ cookie: `vitrine_session=${jar.get("vitrine_session")}` });

/** What asks for the present password itself, and so for the second factor alone. */
const FACTOR_ONLY: Record<string, unknown> = {
  "account.changePassword": { currentPassword: PASSWORD, newPassword: "another long one" },
  "account.requestEmailChange": { currentPassword: PASSWORD, email: "elsewhere@example.com" },
};

test("what is dangerous is what the lists say", () => {
  const found = listProcedures().flatMap(({ path, stepUp }) =>
    stepUp && !Object.hasOwn(FACTOR_ONLY, path) ? [[path, stepUp]] : [],
  );
  for (const path of Object.keys(FACTOR_ONLY))
    expect(listProcedures().find((one) => one.path === path)?.stepUp).toBe("sometimes");
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(DANGEROUS).map(([path, { when }]) => [path, when])),
  );
});

test.each(Object.keys(DANGEROUS))(
  "%s asks for password and second factor five minutes after they were given",
  async (path) => {
    await meddler.age(owner.userId, 295);
    expect(await call(path, cookieOf(owner))).not.toBe("STEP_UP_REQUIRED");
    await meddler.age(owner.userId, 301);
    expect(await call(path, cookieOf(owner))).toBe("STEP_UP_REQUIRED");
  },
);

const forPeople = Object.keys(DANGEROUS).filter((path) => !DANGEROUS[path]?.isForPrograms);
test.each(forPeople)("%s is for people: a program is refused, whatever its key may do", async (path) => {
  await meddler.age(owner.userId, 0);
  const { secret } = await owner.api.apiKeys.create.mutate({ name: "Everything", grants: ["*"] });
  const isOfAccount = path.startsWith("secondFactor.");
  expect(await call(path, { authorization: `Bearer ${secret}` })).toBe(
    isOfAccount ? "NOT_SIGNED_IN" : "PEOPLE_ONLY",
  );
});

test("a program may give keys new secrets without it", async () => {
  await meddler.age(owner.userId, 0);
  const { key, secret } = await owner.api.apiKeys.create.mutate({ name: "Everything", grants: ["*"] });
  const response = await fetch(`${server.url}/trpc/apiKeys.rotate`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ id: key.id, overlapHours: 1 }),
  });
  expect(response.status).toBe(200);
});

test.each(Object.keys(FACTOR_ONLY))(
  "%s asks who has a second factor, and with the password alone who has none",
  async (path) => {
    const own = await makeOwner();
    await turnOn(own);
    await meddler.age(own.userId, 301);
    const call = async ({ jar }: Owner) => {
      const cookie = `vitrine_session=${jar.get("vitrine_session")}`;
      return callProcedure(server.url, path, { type: "mutation", input: FACTOR_ONLY[path], cookie });
    };
    expect(codeOfAnswer((await call(own)).body)).toBe("STEP_UP_REQUIRED");
    await meddler.age(own.userId, 0);
    expect((await call(own)).status).toBe(200);
    const plain = await makeOwner();
    await meddler.age(plain.userId, 301);
    expect((await call(plain)).status).toBe(200);
  },
);

test("roles that run nothing are given without it", async () => {
  await meddler.age(owner.userId, 3600);
  await owner.api.invitations.create.mutate({ emails: ["viewer@example.com"], role: "manager" });
  const set = owner.api.members.setRole.mutate({ userId: crypto.randomUUID(), role: "manager" });
  expect(await refusalOf(set)).toBe("NOT_FOUND");
});

test("the password steps up, under a new secret; the former one is dead and a wrong password changes nothing", async () => {
  const own = await makeOwner();
  await meddler.age(own.userId, 3600);
  const former = own.jar.get("vitrine_session") ?? "";
  expect(await refusalOf(own.api.account.stepUp.mutate({ password: "not it" }))).toBe("WRONG_PASSWORD");
  expect(await call("apiKeys.create", cookieOf(own))).toBe("STEP_UP_REQUIRED");
  await own.api.account.stepUp.mutate({ password: PASSWORD });
  expect(own.jar.get("vitrine_session")).not.toBe(former);
  await own.api.apiKeys.create.mutate({ name: "Now", grants: ["assets.view"] });
  const stolen = await callProcedure(server.url, "account.session", {
    type: "query",
    cookie: `vitrine_session=${former}`,
  });
  expect(stolen.body).toEqual({ result: { data: null } });
});

test("who has a second factor needs that too, and a code of it once", async () => {
  const own = await makeOwner();
  const { key, recoveryCodes, usedCode } = await turnOn(own);
  await meddler.age(own.userId, 3600);
  const stepUp = (code?: string) =>
    own.api.account.stepUp.mutate({ password: PASSWORD, ...(code === undefined ? {} : { code }) });
  expect(await refusalOf(stepUp())).toBe("INVALID_INPUT");
  expect(await refusalOf(stepUp(usedCode))).toBe("WRONG_CODE");
  const code = codeOf(key, 1);
  await stepUp(code);
  expect(await refusalOf(stepUp(code))).toBe("WRONG_CODE");
  await stepUp(recoveryCodes[0]);
  expect(await refusalOf(stepUp(recoveryCodes[0]))).toBe("WRONG_CODE");
  await own.api.secondFactor.turnOff.mutate();
});

test("stepping up one session leaves the person's others as they were", async () => {
  const own = await makeOwner();
  const other = openBrowser(server.url);
  await other.account.signIn.mutate({ email: own.email, password: PASSWORD });
  await meddler.age(own.userId, 3600);
  await own.api.account.stepUp.mutate({ password: PASSWORD });
  expect(await refusalOf(other.apiKeys.create.mutate({ name: "Other", grants: ["assets.view"] }))).toBe(
    "STEP_UP_REQUIRED",
  );
});
