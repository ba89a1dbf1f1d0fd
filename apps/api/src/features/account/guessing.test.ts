import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hashToken } from "../../auth/token-hash.ts";
import { newEmail } from "../../testing/browser.ts";
import { startTestServer, type TestServer } from "../../testing/test-server.ts";

const PASSWORD = "correct horse battery";
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ VITRINE_TRUSTED_PROXIES: "1" });
});
afterAll(() => server[Symbol.asyncDispose]());

async function send(path: string, input: unknown, { from = "203.0.113.1", cookie = "" } = {}) {
  const response = await fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": from, cookie },
    body: JSON.stringify(input),
  });
  const code = /"app":\{"code":"(\w+)"/.exec(await response.text())?.[1];
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  const device = cookies.find((one) => one.startsWith("vitrine_device=")) ?? "";
  return { status: response.status, code, retryAfter: response.headers.get("retry-after"), device };
}
const guess = (email: string, origin: { from?: string; cookie?: string }, password = "not the password") =>
  send("account.signIn", { email, password }, origin);

/** Somebody with an account, and the cookie of a browser that they used. */
async function owner(): Promise<{ email: string; device: string }> {
  const email = newEmail();
  const input = { name: "Ann", email, password: PASSWORD, organizationName: "Shop" };
  return { email, device: (await send("account.signUp", input, { from: "127.0.0.1" })).device };
}

test("guesses at an account from one network are refused with how long to wait", async () => {
  const { email } = await owner();
  const from = "203.0.113.11";
  for (let count = 0; count < 10; count += 1) expect((await guess(email, { from })).status).toBe(401);
  const refused = await guess(email, { from });
  expect(refused).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
  expect(Number(refused.retryAfter)).toBeGreaterThan(0);
});

test("addresses of one IPv6 network count as one", async () => {
  const { email } = await owner();
  const statuses = new Set<number>();
  for (let count = 0; count < 12; count += 1)
    statuses.add((await guess(email, { from: `2001:db8:7:7::${count.toString(16)}` })).status);
  expect(statuses).toEqual(new Set([401, 429]));
});

test("guesses at many accounts from one network are refused, and no others", async () => {
  const from = "203.0.113.20";
  const answers = await Promise.all(Array.from({ length: 61 }, () => guess(newEmail(), { from })));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  expect((await guess(newEmail(), { from: "203.0.113.21" })).status).toBe(401);
});

test("no flood keeps the owner out of a browser that they used, be it from the same network or from many", async () => {
  const from = "203.0.113.30";
  const { email, device } = await owner();
  for (let count = 0; count < 70; count += 1) await guess(email, { from });
  expect((await guess(email, { from }, PASSWORD)).status).toBe(429);
  const networks = Array.from({ length: 150 }, (_, at) => guess(email, { from: `198.51.100.${at}` }));
  const signIns = await Promise.all([1, 2, 3].map(() => guess(email, { from, cookie: device }, PASSWORD)));
  expect(signIns.map(({ status }) => status)).toEqual([200, 200, 200]);
  const flood = await Promise.all(networks);
  for (const { status } of flood) expect([401, 503]).toContain(status);
});

test("where the row for hashing is full, nothing is read for a guess, and who is known goes on", async () => {
  const { email, device } = await owner();
  const { passwords, authDatabase } = server.services;
  using places = new DisposableStack();
  for (let place = 0; place < 64; place += 1) places.use(passwords.enter({ isPreferred: false }));
  const read = [vi.spyOn(authDatabase, "findCredentials"), vi.spyOn(authDatabase, "isKnownDevice")];
  const madeUp = `vitrine_device=${"A".repeat(43)}.${"A".repeat(43)}`;
  for (const cookie of ["", madeUp]) {
    const refused = await guess(email, { from: "203.0.113.35", cookie });
    expect(refused).toMatchObject({ status: 503, code: "BUSY", retryAfter: "2" });
    const input = { 0: { email, password: PASSWORD }, 1: {} };
    const batch = await send("account.signIn,account.signOut?batch=1", input, { cookie });
    expect(batch).toMatchObject({ status: 503, code: "BUSY", retryAfter: "2" });
  }
  for (const one of read) expect(one).not.toHaveBeenCalled();
  expect((await guess(email, { from: "203.0.113.35", cookie: device }, PASSWORD)).status).toBe(200);
  for (const one of read) one.mockRestore();
});

test("a browser is asked for at the database no more often than a person tries", async () => {
  const { device } = await owner();
  for (let count = 0; count < 60; count += 1)
    server.services.rateLimits.take("sign-in-browser", hashToken(device.split("=")[1] ?? ""), {
      limit: 60,
      windowMs: 600_000,
    });
  const refused = await guess(newEmail(), { from: "203.0.113.36", cookie: device });
  expect(refused).toMatchObject({ status: 429, code: "TOO_MANY_REQUESTS" });
});

test("a browser known to one account is none to another, and is slowed at its own too", async () => {
  const [one, other] = [await owner(), await owner()];
  const from = "203.0.113.42";
  const cookie = one.device;
  for (let count = 0; count < 10; count += 1) await guess(other.email, { from, cookie });
  expect((await guess(other.email, { from, cookie })).status).toBe(429);
  for (let count = 0; count < 10; count += 1)
    expect((await guess(one.email, { from, cookie })).status).toBe(401);
  expect((await guess(one.email, { from, cookie })).status).toBe(429);
});

test("a known and an unknown address are told apart by nothing in an answer", async () => {
  const { email } = await owner();
  const answerTo = async (address: string) => {
    const response = await fetch(`${server.url}/trpc/account.signIn`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": "203.0.113.51" },
      body: JSON.stringify({ email: address, password: "not the password" }),
    });
    const body = (await response.text()).replace(/"requestId":"[^"]*"/, "");
    return { status: response.status, headers: [...response.headers.keys()].sort(), body };
  };
  expect(await answerTo(newEmail())).toEqual(await answerTo(email));
});

test("nor by its time: a hash is checked for both, and what is noted of a failure is not waited for", async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => owner()));
  const times = { known: [] as number[], unknown: [] as number[] };
  const statuses = new Set<number>();
  for (let time = 0; time < 30; time += 1) {
    for (const kind of time % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
      const email = kind === "known" ? (people[time % people.length]?.email ?? "") : newEmail();
      const startedMs = performance.now();
      statuses.add((await guess(email, { from: `198.18.${times[kind].length}.${kind.length}` })).status);
      times[kind].push(performance.now() - startedMs);
    }
  }
  for (const [kind, measured] of Object.entries(times)) process.stdout.write(spread(kind, measured));
  expect(statuses).toEqual(new Set([401]));
});

function spread(kind: string, measured: readonly number[]): string {
  const sorted = measured.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2);
  return `wrong password, ${kind} address: ${sorted.length} answers, ms at 10/50/90 %: ${at(0.1)} ${at(0.5)} ${at(0.9)}\n`;
}
