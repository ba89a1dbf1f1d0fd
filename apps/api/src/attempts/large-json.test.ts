import { once } from "node:events";
import { request } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, signUp, type Visiting } from "../testing/browser.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const MB = 1024 * 1024;
let server: TestServer;
let person: Visiting;
const jar = new Map<string, string>();
beforeAll(async () => {
  server = await startTestServer();
  person = { ...(await signUp(server.url, "Ann", "Shop")) };
  const api = openBrowser(server.url, jar);
  await api.account.signIn.mutate({ email: person.email, password: "correct horse battery" });
});
afterAll(() => server[Symbol.asyncDispose]());

const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

async function post(path: string, body: string | ReadableStream): Promise<number> {
  try {
    const init = { method: "POST", body, duplex: "half" };
    const headers = { "content-type": "application/json", cookie: cookie() };
    const response = await fetch(`${server.url}${path}`, { ...init, headers } as RequestInit);
    await response.text();
    return response.status;
  } catch (error) {
    // The server answered and hung up while the rest was being sent.
    if (error instanceof TypeError) return 400;
    throw error;
  }
}
const PATHS = ["/trpc/playlists.create", "/trpc/account.signIn", `${DEVICE_PATHS.trpc}/pairing.start`];

test.each(PATHS)("%s refuses 10 MB, told beforehand or not, without keeping it", async (path) => {
  const large = JSON.stringify({ name: "x".repeat(10 * MB) });
  const before = process.memoryUsage().arrayBuffers;
  expect(await post(path, large)).toBe(400);
  const pieces = function* () {
    for (let count = 0; count < 160; count += 1) yield Buffer.alloc(64 * 1024, " ");
  };
  expect(await post(path, Readable.toWeb(Readable.from(pieces())) as ReadableStream)).toBe(400);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MB);
});

test("who sends too much is told how much it may be, before they have sent it", async () => {
  const headers = { "content-type": "application/json", "content-length": 3 * MB, cookie: cookie() };
  const sending = request(`${server.url}/trpc/playlists.create`, { method: "POST", headers });
  sending.flushHeaders();
  const [answer] = await once(sending, "response");
  expect(await text(answer)).toContain(`"message":"The request is larger than ${2 * MB} bytes"`);
  sending.destroy();
});

test.each([
  ["deep", nested(900_000)],
  ["deep within a field", `{"name":${nested(500_000)}}`],
  ["a million numbers", `[${"1,".repeat(900_000)}1]`],
  ["a million keys", `{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join()}}`],
  ["a prototype", '{"__proto__":{"isAdmin":true},"name":"x"}'],
  ["a constructor", '{"constructor":{"prototype":{"isAdmin":true}},"name":"x"}'],
  ["half a document", '{"name":"x"'],
  ["no document", "\u0000\uffff"],
  ["a number too large", `{"name":1e${"9".repeat(1000)}}`],
])("what is no input of ours is refused as such, and the server lives: %s", async (_name, body) => {
  for (const path of PATHS) expect(await post(path, body), path).toBe(400);
  expect(Reflect.get({}, "isAdmin")).toBeUndefined();
  expect((await person.api.account.session.query())?.user.email).toBe(person.email);
});

test("an address of 100 kB is refused, and so are 100 kB of head", async () => {
  const long = await fetch(`${server.url}/trpc/assets.list?input=${"a".repeat(100_000)}`).catch(
    () => undefined,
  );
  expect(long?.status ?? 431).toBe(431);
  const head = await fetch(`${server.url}/healthz`, { headers: { "x-long": "a".repeat(100_000) } });
  expect(head.status).toBe(431);
});
