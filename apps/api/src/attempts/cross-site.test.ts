import { request } from "node:http";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure, makeAlikeWorld, type World } from "../testing/alike-world.ts";
import { readState } from "../testing/organization-state.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { inTurns } from "./in-turns.ts";

type Headers = Readonly<Record<string, string>>;

/** What a form, or a script that does not ask first, is sent as, and what is close to JSON. */
const SIMPLE_TYPES = [
  undefined,
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  "text/plain; application/json",
  "application/octet-stream",
  "text/json",
  "application/jsonx",
];
/** How browsers say that a page of elsewhere sends; the last ones are of browsers that say nothing. */
const ELSEWHERE: Headers[] = [
  { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  { origin: "null", "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "cross-site" },
];

let server: TestServer;
let superuser: postgres.Sql;
let world: World;
let origins: string[];
beforeAll(async () => {
  server = await startTestServer();
  superuser = postgres(server.testDatabase.superuserUrl, { max: 1, onnotice: () => {} });
  world = await makeAlikeWorld(server.url);
  const { port } = server;
  origins = [
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port + 1}`,
    `http://127.0.0.1:${port}.evil.example`,
    `http://evil.example/127.0.0.1:${port}`,
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}`,
  ];
});
afterAll(async () => {
  await superuser.end();
  await server[Symbol.asyncDispose]();
});

/** A request as it is written, without what a client library adds. */
function send(method: string, path: string, headers: Headers, body = "{}"): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { port: server.port, host: "127.0.0.1", method, path, agent: false };
    const sent = request({ ...options, headers: { cookie: world.cookie, ...headers } }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(method === "GET" || method === "HEAD" ? undefined : body);
  });
}
const typed = (type: string | undefined): Headers => (type === undefined ? {} : { "content-type": type });

/** Each way in which a page of elsewhere could have this person's browser send to an address. */
function waysFromElsewhere(): Headers[] {
  const json = typed("application/json");
  return [
    ...SIMPLE_TYPES.flatMap((type) => [
      typed(type),
      ...ELSEWHERE.map((from) => ({ ...typed(type), ...from })),
    ]),
    ...ELSEWHERE.map((from) => ({ ...json, ...from })),
    ...origins.map((origin) => ({ ...json, origin })),
  ];
}

test("no page of elsewhere calls any mutation, whatever it sends it as", async () => {
  const mutations = listProcedures().filter(({ type }) => type === "mutation");
  expect(mutations.length).toBeGreaterThan(70);
  const before = await readState(superuser, world.organizationId);
  const ways = waysFromElsewhere();
  const passed: string[] = [];
  for (const { path } of mutations) {
    const body = JSON.stringify((await SAMPLES[path]?.(world, server.url)) ?? {});
    await inTurns(ways, 8, async (headers) => {
      const status = await send("POST", `/trpc/${path}`, headers, body);
      if (status !== 400 && status !== 403) passed.push(`${path} ${JSON.stringify(headers)}: ${status}`);
    });
    for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
      const input = encodeURIComponent(body);
      const headers = { ...typed("application/json"), "x-http-method-override": "POST" };
      const status = await send(method, `/trpc/${path}?input=${input}&_method=POST`, headers, body);
      // HEAD is answered without a call; the state below tells.
      if (status < 400 && method !== "HEAD") passed.push(`${method} ${path}: ${status}`);
    }
  }
  expect(passed).toEqual([]);
  expect(await readState(superuser, world.organizationId)).toBe(before);
  process.stdout.write(`cross-site: ${mutations.length} mutations in ${ways.length + 5} ways, 0 passed\n`);
}, 120_000);

test("the same from our own page goes through, so that the attempts above were real", async () => {
  const headers = {
    ...typed("application/json"),
    origin: `http://127.0.0.1:${server.port}`,
    "sec-fetch-site": "same-origin",
  };
  const body = JSON.stringify({ name: "Renamed" });
  expect(await send("POST", "/trpc/account.updateProfile", headers, body)).toBe(200);
});

test("no page of elsewhere reads, uploads, exports or listens with this person's cookie", async () => {
  for (const from of ELSEWHERE) {
    expect(await send("POST", "/uploads", { ...from, "upload-length": "3", "tus-resumable": "1.0.0" })).toBe(
      403,
    );
    expect(await send("GET", "/audit/export?format=csv", from)).toBe(403);
    expect(await send("GET", "/trpc/events.stream?input=%7B%7D", from)).toBe(403);
    expect(await send("GET", "/trpc/assets.list?input=%7B%7D", from)).toBe(403);
  }
});

test("no answer lets a script of elsewhere read it, nor send what has to be asked for first", async () => {
  for (const path of ["/trpc/account.session", "/", "/healthz", "/uploads", "/device/manifest"]) {
    for (const method of ["GET", "OPTIONS"]) {
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          origin: "https://evil.example",
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        },
      });
      await response.body?.cancel();
      expect(response.headers.get("access-control-allow-origin"), `${method} ${path}`).toBeNull();
      expect(response.headers.get("access-control-allow-credentials"), `${method} ${path}`).toBeNull();
    }
  }
});

test("nobody is signed in to another's account from elsewhere either: a form cannot sign in", async () => {
  const credentials = JSON.stringify({ email: "eve@example.com", password: "correct horse battery" });
  for (const type of SIMPLE_TYPES)
    expect(await send("POST", "/trpc/account.signIn", { cookie: "", ...typed(type) }, credentials)).toBe(400);
});

test("a session is no argument of an address: no procedure takes it from there", async () => {
  const [name = "", value = ""] = world.cookie.split("=");
  const query = `?${name}=${value}&token=${value}&authorization=${value}&access_token=${value}`;
  const answer = await callProcedure(server.url, `account.session${query}`, { type: "query" });
  expect(answer.body).toEqual({ result: { data: null } });
});
