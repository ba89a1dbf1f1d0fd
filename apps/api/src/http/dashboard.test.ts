import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

test.each([
  ["/", "*/*", 200],
  ["/", "text/html", 200],
  ["/screens", "text/html,*/*", 200],
  ["/screens", "*/*", 404],
  ["/device/unknown", "text/html", 404],
  ["/missing.js", "text/html", 404],
])("%s for who accepts %s answers %i", async (path, accept, status) => {
  for (const method of ["GET", "HEAD"]) {
    const response = await fetch(`${server.url}${path}`, { method, headers: { accept } });
    expect([method, response.status]).toEqual([method, status]);
    const mediaType = response.headers.get("content-type") ?? "";
    expect(mediaType).toContain(status === 200 ? "text/html" : "application/json");
  }
});
