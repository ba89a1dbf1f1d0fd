import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callProcedure, makeAlikeWorld, text, type World } from "../testing/alike-world.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let own: World;
let foreign: World;
let foreignSlug: string;
beforeAll(async () => {
  server = await startTestServer();
  own = await makeAlikeWorld(server.url);
  foreign = await makeAlikeWorld(server.url);
  const slug = await callProcedure(server.url, "organization.get", { type: "query", cookie: foreign.cookie });
  foreignSlug = text(slug.body, "result.data.slug");
});
afterAll(() => server[Symbol.asyncDispose]());

function send(headers: Record<string, string>, path: string, body?: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const options = { port: server.port, host: "127.0.0.1", method, path, agent: false };
    const typed = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request({ ...options, headers: { ...typed, ...headers } }, async (answer) => {
      const parts = await answer.toArray();
      resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Every way that a request could name an organization. */
function namings(): { name: string; headers: Record<string, string>; query: string }[] {
  const { organizationId } = foreign;
  const values = [organizationId, foreignSlug];
  const names = ["x-organization", "x-organization-id", "x-tenant", "x-tenant-id", "organization"];
  return [
    ...values.flatMap((value) => names.map((name) => ({ name, headers: { [name]: value }, query: "" }))),
    ...values.map((value) => ({ name: "query", headers: {}, query: `&organization=${value}` })),
    ...values.map((value) => ({
      name: "host",
      headers: { host: `${value}.localhost:${server.port}` },
      query: "",
    })),
    ...values.map((value) => ({
      name: "forwarded host",
      headers: { "x-forwarded-host": `${value}.localhost`, forwarded: `host=${value}.localhost` },
      query: "",
    })),
  ];
}

test("a member of one organization who names another reads and changes nothing there", async () => {
  const key = await callProcedure(server.url, "apiKeys.create", {
    type: "mutation",
    input: { name: "All", grants: ["*"] },
    cookie: own.cookie,
  });
  const credentials: Record<string, string>[] = [
    { cookie: own.cookie },
    { authorization: `Bearer ${text(key.body, "result.data.secret")}` },
    {},
  ];
  for (const credential of credentials) {
    for (const { name, headers, query } of namings()) {
      const sent = { ...credential, ...headers };
      const read = await send(sent, `/trpc/organization.get?batch=0${query}`);
      expect(read.text, name).not.toContain(foreign.organizationId);
      expect(read.text, name).not.toContain(foreignSlug);
      const input = encodeURIComponent(JSON.stringify({ id: foreign.assetId }));
      const found = await send(sent, `/trpc/assets.get?input=${input}${query}`);
      expect(found.status, name).toBeGreaterThanOrEqual(400);
      const body = JSON.stringify({ id: foreign.assetId, name: "Taken over" });
      const changed = await send(sent, `/trpc/assets.update?x=1${query}`, body);
      expect(changed.status, name).toBeGreaterThanOrEqual(400);
      await send(sent, `/trpc/playlists.create?x=1${query}`, JSON.stringify({ name: `Planted by ${name}` }));
    }
  }
  const list = await callProcedure(server.url, "playlists.list", {
    type: "query",
    input: {},
    cookie: foreign.cookie,
  });
  expect(JSON.stringify(list.body)).not.toContain("Planted");
  const asset = await callProcedure(server.url, "assets.get", {
    type: "query",
    input: { id: foreign.assetId },
    cookie: foreign.cookie,
  });
  expect(text(asset.body, "result.data.name")).toBe("Page");
});
