import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure } from "../../testing/alike-world.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const call = (path: string, input: unknown, cookie?: string) =>
  callProcedure(server.url, path, { type: "mutation", input, ...(cookie === undefined ? {} : { cookie }) });
const session = async (cookie: string) => {
  const answer = await callProcedure(server.url, "account.session", { type: "query", cookie });
  return (answer.body as { result: { data: { organization: { name: string } | null } | null } }).result.data;
};
const codeOf = (body: unknown) => JSON.stringify(body).match(/"app":\{"code":"(\w+)"/)?.[1];

async function newcomer(password = "a long password") {
  const email = `${crypto.randomUUID()}@example.com`;
  const input = { name: "Ann", email, password, organizationName: "Shop" };
  const { cookie = "", status } = await call("account.signUp", input);
  expect(status).toBe(200);
  return { email, password, cookie };
}

test("signing up makes person and organization and signs in; the address is taken from then on, in any case", async () => {
  const { email, cookie } = await newcomer();
  expect((await session(cookie))?.organization?.name).toBe("Shop");
  const again = { name: "B", email: email.toUpperCase(), password: "a long password", organizationName: "B" };
  expect(codeOf((await call("account.signUp", again)).body)).toBe("EMAIL_TAKEN");
});

test("a refused sign-up leaves no organization behind", async () => {
  const { email } = await newcomer();
  const slug = `left-over-${crypto.randomUUID().slice(0, 8)}`;
  await call("account.signUp", { name: "B", email, password: "a long password", organizationName: slug });
  const other = await newcomer();
  const renamed = await call("organization.update", { slug }, other.cookie);
  expect(renamed.status).toBe(200);
});

test("an unknown address and a wrong password give the same answer", async () => {
  const { email } = await newcomer();
  const wrong = await call("account.signIn", { email, password: "not the password" });
  const unknown = await call("account.signIn", { email: `x${email}`, password: "not the password" });
  expect([wrong.status, codeOf(wrong.body)]).toEqual([401, "WRONG_CREDENTIALS"]);
  expect([unknown.status, codeOf(unknown.body)]).toEqual([401, "WRONG_CREDENTIALS"]);
});

test("signing out ends the session at once, also for a copy of the cookie", async () => {
  const { cookie } = await newcomer();
  expect(await session(cookie)).not.toBeNull();
  await call("account.signOut", {}, cookie);
  expect(await session(cookie)).toBeNull();
});

test("a changed password ends every other session and gives this one a new secret", async () => {
  const { email, password, cookie } = await newcomer();
  const elsewhere = (await call("account.signIn", { email, password })).cookie ?? "";
  expect(await session(elsewhere)).not.toBeNull();
  const wrong = await call(
    "account.changePassword",
    { currentPassword: "wrong", newPassword: "another long one" },
    cookie,
  );
  expect(codeOf(wrong.body)).toBe("WRONG_PASSWORD");
  const changed = await call(
    "account.changePassword",
    { currentPassword: password, newPassword: "another long one" },
    cookie,
  );
  expect(changed.status).toBe(200);
  expect(await session(elsewhere)).toBeNull();
  expect(await session(cookie)).toBeNull();
  expect(await session(changed.cookie ?? "")).not.toBeNull();
  expect(codeOf((await call("account.signIn", { email, password })).body)).toBe("WRONG_CREDENTIALS");
});

test("guessing a password is slowed, and other people are not", async () => {
  const { email, password } = await newcomer();
  const other = await newcomer();
  const codes: (string | undefined)[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    codes.push(codeOf((await call("account.signIn", { email, password: `guess ${attempt}` })).body));
  }
  expect(codes.at(-1)).toBe("TOO_MANY_REQUESTS");
  expect(codeOf((await call("account.signIn", { email, password })).body)).toBe("TOO_MANY_REQUESTS");
  expect((await call("account.signIn", { email: other.email, password: other.password })).status).toBe(200);
});

test("a person may have several organizations and acts in the one selected", async () => {
  const { cookie } = await newcomer();
  const made = await call("organization.create", { name: "Second" }, cookie);
  expect(made.status).toBe(200);
  expect((await session(cookie))?.organization?.name).toBe("Second");
  const organizations = (
    made.body as { result: { data: { organizations: { organizationId: string; name: string }[] } } }
  ).result.data.organizations;
  const first = organizations.find(({ name }) => name === "Shop");
  await call("organization.select", { organizationId: first?.organizationId }, cookie);
  expect((await session(cookie))?.organization?.name).toBe("Shop");
  const foreign = await call("organization.select", { organizationId: crypto.randomUUID() }, cookie);
  expect(codeOf(foreign.body)).toBe("NOT_FOUND");
});

test("two organizations of one name get slugs of their own, and a taken slug is refused", async () => {
  const [one, other] = [await newcomer(), await newcomer()];
  const slugOf = async (cookie: string) => {
    const { body } = await callProcedure(server.url, "organization.get", { type: "query", cookie });
    return (body as { result: { data: { slug: string } } }).result.data.slug;
  };
  const [first, second] = [await slugOf(one.cookie), await slugOf(other.cookie)];
  expect(first).not.toBe(second);
  expect(codeOf((await call("organization.update", { slug: second }, one.cookie)).body)).toBe("SLUG_TAKEN");
  expect(await slugOf(one.cookie)).toBe(first);
});

test.each([
  ["another origin", { origin: "https://evil.example" }],
  ["a sibling site by fetch metadata", { "sec-fetch-site": "same-site" }],
  ["a form", { "content-type": "multipart/form-data; boundary=x" }],
  ["plain text", { "content-type": "text/plain" }],
])("a mutation sent with this cookie by %s changes nothing", async (_name, headers) => {
  const { cookie } = await newcomer();
  const response = await fetch(`${server.url}/trpc/account.signOut`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie, ...headers },
    body: "{}",
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await session(cookie)).not.toBeNull();
});

test("an API key acts with its own permissions only, until it is revoked", async () => {
  const { cookie } = await newcomer();
  const made = await call("apiKeys.create", { name: "Reader", grants: ["members.view"] }, cookie);
  const { secret, key } = (made.body as { result: { data: { secret: string; key: { id: string } } } }).result
    .data;
  const read = (path: string) =>
    fetch(`${server.url}/trpc/${path}?input=%7B%7D`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await read("members.list")).status).toBe(200);
  expect((await read("apiKeys.list")).status).toBe(403);
  await call("apiKeys.revoke", { id: key.id }, cookie);
  expect((await read("members.list")).status).toBe(401);
});
