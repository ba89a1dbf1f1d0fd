import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeHttpServer } from "../http/server.ts";
import { readConfig } from "../platform/config.ts";
import { makeLog } from "../platform/log.ts";

const app = makeHttpServer(
  { config: readConfig({}, "/nowhere"), log: makeLog("silent") },
  { slowBodyMs: 200, slowHeadMs: 200 },
);
let port = 0;
beforeAll(async () => {
  app.post("/echo", async (request) => request.body);
  port = Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
});
afterAll(() => app.close());

/** Sends one character of a text every 20 ms; resolves when the server ends the connection, with how many it took. */
async function drip(start: string, text: string): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  await once(socket, "connect");
  socket.write(start);
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(text[sent % text.length] ?? "");
    sent += 1;
  }, 20);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(timer);
  return sent;
}
const POST = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

test("fifty who send a head drop by drop are let go, while others are served", async () => {
  const slow = Array.from({ length: 50 }, () => drip("GET / HTTP/1.1\r\nhost: x\r\n", "x-a: b\r\n"));
  const quick = await fetch(`http://127.0.0.1:${port}/echo`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "[1]",
  });
  expect(await quick.json()).toEqual([1]);
  expect(await Promise.all(slow)).toHaveLength(50);
});

test.each([
  ["of a length that was told", `${POST}content-length: 1000000\r\n\r\n`, " "],
  ["in chunks", `${POST}transfer-encoding: chunked\r\n\r\n`, "1\r\n \r\n"],
])("fifty who send a body drop by drop are let go: %s", async (_name, start, text) => {
  const slow = Array.from({ length: 50 }, () => drip(start, text));
  expect(await Promise.all(slow)).toHaveLength(50);
});

test("who sends nothing, or half a request line, is let go", async () => {
  expect(await drip("GET /", "")).toBeGreaterThan(0);
});
