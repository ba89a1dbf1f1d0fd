import { afterAll, beforeAll, expect, test } from "vitest";
import { strangeWorld } from "../testing/alike-world.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { type HostileUrl, hostileUrls } from "./hostile-urls.ts";
import { FULL_MS, isFull, say } from "./size.ts";
import { fetchNaively, tryUrls } from "./try-urls.ts";
import { URL_FIELDS } from "./url-fields.ts";
import { startWitness, type Witness } from "./witness.ts";

const EVERY = isFull ? 1 : 15;
let server: TestServer;
let witness: Witness;
let urls: HostileUrl[];
beforeAll(async () => {
  server = await startTestServer();
  const databasePort = Number(new URL(server.testDatabase.superuserUrl).port);
  witness = await startWitness([databasePort, server.port]);
  urls = hostileUrls(witness.port);
});
afterAll(async () => {
  await witness[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test("every field of a procedure that takes an address of something elsewhere is one of the list", async () => {
  const found: string[] = [];
  for (const { path } of listProcedures()) {
    if (path === "devices.claim" || path === "devices.findPairing") continue;
    // A name whose text in the DNS is asked for; nothing is connected to.
    if (path.startsWith("domains.")) continue;
    const input = await SAMPLES[path]?.(strangeWorld(), server.url);
    for (const [field, value] of Object.entries(Object(input)))
      if (/url|uri|link|hook|domain|host|origin/i.test(field) || /^https?:/.test(String(value)))
        found.push(`${path} ${field}`);
  }
  expect(found.filter((one) => one !== "assets.update url")).toEqual(
    URL_FIELDS.map(({ path, field }) => `${path} ${field}`).filter((one) => one !== "assets.update url"),
  );
});

test(
  "there are more than 300 of them, of which one who does not look would call",
  async () => {
    expect(urls.length).toBeGreaterThan(300);
    expect(new Set(urls.map(({ url }) => url)).size).toBe(urls.length);
    witness.forget();
    await fetchNaively(isFull ? urls : urls.slice(0, 20));
    say("addresses", urls.length);
    say("calls that came in from one who does not look", witness.arrivals());
    expect(witness.arrivals()).toBeGreaterThan(5);
    expect(witness.departures().length).toBeGreaterThan(5);
  },
  FULL_MS,
);

test(
  "whatever address content is given, this server calls nobody",
  async () => {
    witness.forget();
    const tally = await tryUrls(
      server,
      urls.filter((_url, at) => at % EVERY === 0),
    );
    say(
      "addresses given to fields of the server",
      `${tally.sent}: ${tally.kept} kept, ${tally.refused} refused`,
    );
    say(
      "calls that came in, and that this process made",
      `${witness.arrivals()}, ${witness.departures().length}`,
    );
    expect(tally.failed).toEqual([]);
    expect(tally.refused).toBeGreaterThan(0);
    expect(tally.kept).toBeGreaterThan(0);
    expect(witness.arrivals()).toBe(0);
    expect(witness.departures()).toEqual([]);
  },
  FULL_MS,
);
