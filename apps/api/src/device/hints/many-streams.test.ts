import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import * as z from "zod";
import { startTestServer } from "../../testing/test-server.ts";
import { until } from "../../testing/until.ts";
import { makeManyScreens } from "../testing/many-screens.ts";
import { makePerson } from "../testing/test-person.ts";

const STREAMS = 1_000;
/** Of what the JavaScript of a stream may hold; the socket's own memory in the kernel and libuv comes on top. */
const HEAP_BYTES_EACH = 8 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage = z.function().parse(runInNewContext("gc"));

test("a thousand streams in one process are small and all hear one change", async () => {
  await using server = await startTestServer();
  const person = await makePerson(server);
  const screens = await makeManyScreens(server.services, person.scope, STREAMS);
  const { hints } = server.services.devices;
  const readers = fork(fileURLToPath(new URL("../testing/stream-readers.ts", import.meta.url)));
  try {
    const [warm, ...rest] = screens.map(({ token }) => token);
    const order = { port: server.port };
    readers.send({ ...order, tokens: [warm] });
    await once(readers, "message");
    const before = memory();
    readers.send({ ...order, tokens: rest });
    expect(await once(readers, "message")).toEqual(["open", undefined]);
    expect(hints.streamCount()).toBe(STREAMS);
    const after = memory();
    const heapEach = (after.heapUsed + after.external - before.heapUsed - before.external) / rest.length;
    const rssEach = (after.rss - before.rss) / rest.length;

    readers.send("expect");
    await once(readers, "message");
    const startedAtMs = performance.now();
    await person.call("organization.update", { defaultDurationMs: 7_000 });
    await once(readers, "message");
    const tookMs = performance.now() - startedAtMs;
    console.log(
      JSON.stringify({
        streams: STREAMS,
        rssKiBEach: round(rssEach / 1024),
        heapKiBEach: round(heapEach / 1024),
        editToLastOfThemMs: round(tookMs),
      }),
    );
    expect(heapEach).toBeLessThan(HEAP_BYTES_EACH);
    readers.kill();
    await until("all are forgotten", () => hints.streamCount() === 0);
  } finally {
    readers.kill();
  }
}, 60_000);

function memory(): NodeJS.MemoryUsage {
  for (let round = 0; round < 3; round++) collectGarbage();
  return process.memoryUsage();
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
