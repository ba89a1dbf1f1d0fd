import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalOf, signUp, type Visiting } from "../testing/browser.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

// A hundredth of what is allowed otherwise: 30 queries and 12 changes a minute for a person, 6 and 1 for nobody.
const FACTOR = "0.01";
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_CALL_LIMIT_FACTOR: FACTOR, VITRINE_TRUSTED_PROXIES: "1" });
});
afterAll(() => server[Symbol.asyncDispose]());

type Answer = { result?: unknown; error?: { data: { app: { code: string } } } };

/** One request with so many calls of a query, as a program with a key sends it. */
async function batch(secret: string | null, calls: number, from = "203.0.113.7") {
  const path = secret === null ? "account.session" : "members.list";
  const input = JSON.stringify(Object.fromEntries(Array.from({ length: calls }, (_, index) => [index, {}])));
  const response = await fetch(
    `${server.url}/trpc/${Array.from({ length: calls }, () => path).join(",")}?batch=1&input=${encodeURIComponent(input)}`,
    {
      headers: {
        "x-forwarded-for": from,
        ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      },
    },
  );
  const answers: Answer[] = JSON.parse(await response.text());
  return { headers: response.headers, codes: answers.map(({ error }) => error?.data.app.code ?? "ok") };
}
const key = async ({ api }: Visiting) =>
  (await api.apiKeys.create.mutate({ name: "Reader", grants: ["members.view"] })).secret;

/** Somebody at an address of their own, since a newcomer may sign up once only at this factor. */
let address = 0;
async function newcomer(): Promise<Visiting> {
  address += 1;
  return signUp(server.url, "Olga", "Shop", { "x-forwarded-for": `127.0.0.${address}` });
}

test("each call of a batch counts, the headers say what is left, and only what is over is refused", async () => {
  const secret = await key(await newcomer());
  const first = await batch(secret, 10);
  expect(first.codes).toEqual(Array(10).fill("ok"));
  expect(first.headers.get("ratelimit-policy")).toBe('"apiKey-query";q=30;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"apiKey-query";r=(20|21);t=\d+$/);
  await batch(secret, 10);
  await batch(secret, 9);
  const over = await batch(secret, 10);
  expect(over.codes.slice(0, 1)).toEqual(["ok"]);
  expect(over.codes.slice(4)).toEqual(Array(6).fill("TOO_MANY_REQUESTS"));
  const wait = Number(over.headers.get("retry-after"));
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(3);
});

test("a key that is used up takes nothing from another key, nor from people of its organization", async () => {
  const olga = await newcomer();
  const [one, other] = [await key(olga), await key(olga)];
  for (let times = 0; times < 4; times += 1) await batch(one, 10);
  expect((await batch(one, 1)).codes).toEqual(["TOO_MANY_REQUESTS"]);
  expect((await batch(other, 1)).codes).toEqual(["ok"]);
  await olga.api.members.list.query({});
});

test("a person may change things so often and no more, and still look", async () => {
  const olga = await newcomer();
  const renames = await Promise.allSettled(
    Array.from({ length: 20 }, () => olga.api.account.updateProfile.mutate({ name: "Olga" })),
  );
  const done = renames.filter(({ status }) => status === "fulfilled").length;
  expect(done).toBeGreaterThanOrEqual(12);
  expect(done).toBeLessThan(16);
  expect(await refusalOf(olga.api.account.updateProfile.mutate({ name: "Olga" }))).toBe("TOO_MANY_REQUESTS");
  await olga.api.members.list.query({});
});

test("an organization has a limit over all who act in it, and other organizations notice nothing", async () => {
  const [olga, other] = [await newcomer(), await newcomer()];
  // 300 queries for the organization, 30 for each key.
  const keys = await Promise.all(Array.from({ length: 11 }, () => key(olga)));
  const codes = (
    await Promise.all(keys.flatMap((secret) => [10, 10, 10].map((calls) => batch(secret, calls))))
  ).flatMap((one) => one.codes);
  const refused = codes.filter((code) => code === "TOO_MANY_REQUESTS").length;
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThanOrEqual(30);
  await other.api.members.list.query({});
});

test("whoever is not signed in is counted by network, an IPv6 one by its first 64 bits", async () => {
  expect((await batch(null, 6, "2001:db8:9:9::1")).codes).toEqual(Array(6).fill("ok"));
  expect((await batch(null, 3, "2001:db8:9:9::2")).codes).toContain("TOO_MANY_REQUESTS");
  expect((await batch(null, 6, "2001:db8:9:8::1")).codes).toEqual(Array(6).fill("ok"));
});

test("no more than ten calls travel in one request", async () => {
  const secret = await key(await newcomer());
  const calls = Array.from({ length: 11 }, () => "members.list").join(",");
  const response = await fetch(`${server.url}/trpc/${calls}?batch=1&input=%7B%7D`, {
    headers: { authorization: `Bearer ${secret}`, "x-forwarded-for": "203.0.113.7" },
  });
  expect(response.status).toBe(400);
});
