import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startWebGuard, type WebGuard } from "./web-guard.ts";

/** What the names of these tests lead to; a list of lists is given one after another, as a rebinding server does. */
const names = new Map<string, string[][]>();
const site = createServer((incoming, response) => {
  response.writeHead(200, { "Set-Cookie": ["a=1", "b=2"], "X-Host": incoming.headers.host ?? "" });
  incoming.pipe(response);
});
let guard: WebGuard;
let port: number;

beforeAll(async () => {
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  port = address === null || typeof address === "string" ? 0 : address.port;
  guard = await startWebGuard(async (name) => {
    const answers = names.get(name);
    const answer = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
    if (answer === undefined) throw new Error(`${name} was not found`);
    return answer;
  });
});
afterAll(async () => {
  await guard?.[Symbol.asyncDispose]();
  site.closeAllConnections();
  site.close();
});
beforeEach(() => guard.setPrivateHosts([]));

/** Asks by plain HTTP as a browser asks its proxy. */
async function get(url: string, body = ""): Promise<{ status: number; text: string; headers: string[] }> {
  const asked = request({ host: "127.0.0.1", port: guard.port, path: url, method: "POST", agent: false });
  asked.setHeader("Host", "forged.example");
  asked.end(body);
  const [answer] = await once(asked, "response");
  let text = "";
  for await (const chunk of answer.setEncoding("utf8")) text += chunk;
  return { status: answer.statusCode, text, headers: answer.rawHeaders };
}

/** Asks for a tunnel; gives the proxy's status and the open socket. */
async function tunnel(authority: string) {
  const socket = connect(guard.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const [head] = await once(socket, "data");
  return { status: Number(String(head).split(" ")[1]), socket };
}

it("refuses what is private, however it is spelled, by both ways", async () => {
  names
    .set("rebound.example", [["127.0.0.1"]])
    .set("localhost", [["::1", "127.0.0.1"]])
    .set("menu.local", [["8.8.8.8"]]);
  const hosts =
    "127.0.0.1 127.1 2130706433 0x7f000001 [::1] [::ffff:127.0.0.1] localhost rebound.example menu.local 0.0.0.0 169.254.169.254";
  for (const host of hosts.split(" ")) {
    expect((await get(`http://${host}:${port}/`)).status, host).toBe(403);
    const { status, socket } = await tunnel(`${host}:${port}`);
    expect(status, host).toBe(403);
    socket.destroy();
  }
  expect(guard.whyNotReached(`http://rebound.example:${port}/x`)).toContain("private network");
});

it("passes everything on where it is allowed: by name, address and range", async () => {
  names.set("menu.local", [["127.0.0.1"]]);
  for (const [allowed, host] of [
    ["menu.local", "menu.local"],
    ["127.0.0.1", "menu.local"],
    ["127.0.0.0/8", "127.0.0.1"],
  ] as const) {
    guard.setPrivateHosts([allowed]);
    const answer = await get(`http://${host}:${port}/a?b=c`, "the body");
    expect([answer.status, answer.text]).toEqual([200, "the body"]);
    expect(answer.headers.filter((text) => /^[ab]=/.test(text))).toEqual(["a=1", "b=2"]);
    // The name that was judged, not the one in the head of the request.
    expect(answer.headers).toContain(`${host}:${port}`);
  }
});

it("connects to the address that it judged, and asks no second time", async () => {
  names.set("rebind.example", [["127.0.0.2"], ["127.0.0.1"]]);
  guard.setPrivateHosts(["127.0.0.2"]);
  // Nobody listens at the first answer; the second one would be answered.
  expect((await get(`http://rebind.example:${port}/`)).status).toBe(502);
  expect(guard.whyNotReached(`http://rebind.example:${port}/`)).toContain("127.0.0.2");
  expect((await get(`http://rebind.example:${port}/`)).status).toBe(403);
});

it("never reaches what belongs to the player, also where its address is allowed", async () => {
  names
    .set("server.example", [["127.0.0.1"]])
    .set("localhost", [["127.0.0.1"]])
    .set("other.example", [["127.0.0.1"]]);
  guard.setPrivateHosts(["127.0.0.0/8", "localhost"]);
  guard.refuseOwn([`server.example:${port}`]);
  for (const host of ["server.example", "127.0.0.1", "127.0.0.9", "localhost", "other.example"])
    expect((await get(`http://${host}:${port}/`)).status, host).toBe(403);
  expect((await get(`http://127.0.0.1:${guard.port}/`)).status).toBe(403);
});

it("cuts what ceases to be allowed", async () => {
  const other = createServer((_request, response) => response.end()).listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const otherPort = address === null || typeof address === "string" ? 0 : address.port;
  guard.setPrivateHosts(["127.0.0.1"]);
  const { status, socket } = await tunnel(`127.0.0.1:${otherPort}`);
  expect(status).toBe(200);
  const closed = once(socket, "close");
  guard.setPrivateHosts(["127.0.0.2"]);
  await closed;
  other.closeAllConnections();
  other.close();
});

it.each(["/relative", "https://example.com/", "ftp://example.com/", "http://"])(
  "answers %s with 400",
  async (url) => {
    expect((await get(url)).status).toBe(400);
  },
);

it("says why a name was not found", async () => {
  expect((await get("http://nowhere.example/")).status).toBe(502);
  expect(guard.whyNotReached("http://nowhere.example/page")).toBe("nowhere.example was not found");
});
