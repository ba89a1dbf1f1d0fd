import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { exchange } from "./http.ts";

const MIB = 1024 * 1024;
/** 64 MiB in 64 kB. */
const bomb = gzipSync(Buffer.alloc(64 * MIB));
let sentBytes = 0;
const server = createServer((request, response) => {
  const packed = request.url === "/bomb" ? bomb : gzipSync("small");
  sentBytes = packed.length;
  response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed);
});
beforeAll(() => new Promise<void>((done) => void server.listen(0, "127.0.0.1", done)));
afterAll(() => void server.close());

const ask = (path: string) => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Not listening");
  return exchange(
    { network: { fetch }, clock: systemClock },
    {
      url: `http://127.0.0.1:${address.port}${path}`,
      method: "GET",
      timeoutMs: 10_000,
      limitBytes: MIB,
      signal: new AbortController().signal,
    },
  );
};

test("a compressed answer comes as it was before", async () => {
  expect(Buffer.from((await ask("/small")).body).toString()).toBe("small");
});

test("the limit holds for what a compressed answer becomes, not for what travels", async () => {
  await expect(ask("/bomb")).rejects.toMatchObject({ failure: { kind: "malformed" } });
  expect(sentBytes).toBeLessThan(MIB);
});
