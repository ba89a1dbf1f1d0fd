import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/test-server.ts";

test("a connection that never sends a request does not hold a stopping server", async () => {
  const server = await startTestServer();
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  const ended = once(socket, "close");
  const startedMs = performance.now();
  await server[Symbol.asyncDispose]();
  await ended;
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});
