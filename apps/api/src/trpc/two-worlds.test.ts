import { DEVICE_PATHS } from "@vitrine/core/model/device-protocol";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pairScreen, type TestScreen } from "../device/testing/test-screen.ts";
import { Observations } from "../testing/access/observations.ts";
import { callProcedure, makeAlikeWorld, strangeWorld, type World } from "../testing/alike-world.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const SEQUENCES = Number(process.env.VITRINE_SEQUENCES ?? 1);
const STEPS = 40;
const FIXED = 7;
const SEEDS =
  process.env.VITRINE_SEED === undefined
    ? [FIXED, Date.now() % 1_000_000_007]
    : [Number(process.env.VITRINE_SEED)];

/** Left out: what is about a session, asks a screen for its code, or is finished by work afterwards; of files, uploads and streams `alike.test.ts` says the same. */
const LEFT_OUT =
  /^(account\.(?!session$|sessions$|events$|updateProfile$)|secondFactor\.|organization\.(create|select)|devices\.(findPairing|claim)|assets\.(createWeb|createStream|retry)|audit\.verify|events\.)/;
const ACTS = listProcedures().filter(({ path }) => !LEFT_OUT.test(path));

/** One step: A calls something with its own ids or with ids that are not its own; B does several things meanwhile. */
interface Step {
  act: number;
  isOwn: boolean;
  beside: readonly { act: number; isOwn: boolean }[];
}
const anAct = { act: fc.nat(ACTS.length - 1), isOwn: fc.boolean() };
const sequence: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ ...anAct, beside: fc.array(fc.record(anAct), { maxLength: 3 }) }),
  { minLength: STEPS, maxLength: STEPS },
);

let alone: TestServer;
let beside: TestServer;
beforeAll(async () => {
  alone = await startTestServer();
  beside = await startTestServer();
  // All of both come from one address, whose limits are about it and not about an organization.
  for (const { services } of [alone, beside]) Object.assign(services.rateLimits, { take: () => {} });
});
afterAll(async () => {
  await alone[Symbol.asyncDispose]();
  await beside[Symbol.asyncDispose]();
});

test.each(SEEDS)(
  "what one organization sees is the same whether or not another is there and acts (seed %i)",
  async (seed) => {
    let calls = 0;
    let acts = 0;
    for (const [place, steps] of fc.sample(sequence, { seed, numRuns: SEQUENCES }).entries()) {
      const one = await live(alone, steps, "absent");
      const other = await live(beside, steps, "beside");
      calls += one.lines.length;
      acts += other.acts;
      const first = one.lines.findIndex((line, index) => line !== other.lines[index]);
      expect({ sequence: place, line: first, alone: one.lines[first], beside: other.lines[first] }).toEqual({
        sequence: place,
        line: -1,
        alone: undefined,
        beside: undefined,
      });
      expect(other.lines.length).toBe(one.lines.length);
    }
    process.stdout.write(
      `two worlds: seed ${seed}, ${SEQUENCES} sequences, ${calls} observations alike, ${acts} acts beside\n`,
    );
  },
  900_000,
);

test("an organization that another one gets into sees something else", async () => {
  const [steps = []] = fc.sample(sequence, { seed: FIXED, numRuns: 1 });
  const one = await live(alone, steps, "absent");
  const other = await live(beside, steps, "within");
  expect(other.lines).not.toEqual(one.lines);
}, 900_000);

/** Whether B is there; `within` lets it act as somebody of A, which must show. */
type Other = "absent" | "beside" | "within";

/** Lives a sequence on a server as a new organization A, with or without B; gives what A observed. */
async function live(
  server: TestServer,
  steps: readonly Step[],
  other: Other,
): Promise<{ lines: readonly string[]; acts: number }> {
  const a = await makeAlikeWorld(server.url);
  const hasOther = other !== "absent";
  const b = hasOther ? await makeAlikeWorld(server.url) : strangeWorld();
  const acting = other === "within" ? { ...b, cookie: a.cookie } : b;
  const seen = new Observations();
  let acts = 0;
  for (const { act, isOwn, beside: others } of steps) {
    const mine = call(server, a, isOwn ? a : b, act);
    const theirs = hasOther ? others.map((one) => call(server, acting, one.isOwn ? b : a, one.act)) : [];
    acts += theirs.length;
    const [{ path, status, body }] = await Promise.all([mine, Promise.all(theirs)]);
    seen.note(path, status, body);
  }
  for (const [act, { type }] of ACTS.entries()) {
    if (type !== "query") continue;
    const { path, status, body } = await call(server, a, a, act);
    seen.note(path, status, body);
  }
  const screen = await pairScreen(server.url, a.cookie, { name: "Hall" });
  await noteScreen(seen, screen, async () => {
    if (hasOther) for (const act of ACTS.keys()) acts += (await call(server, b, b, act)).status > 0 ? 1 : 0;
  });
  return { lines: seen.lines, acts };
}

/** What A's screen gets, and that its name of it still holds after everything that B does. */
async function noteScreen(
  seen: Observations,
  screen: TestScreen,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const first = await screen.manifest();
  const etag = first.headers.get("etag") ?? "";
  seen.note("manifest", first.status, await first.text());
  await meanwhile();
  const again = await screen.fetch(DEVICE_PATHS.manifest, { headers: { "if-none-match": etag } });
  seen.note("manifest again", again.status, again.status === 304);
}

async function call(server: TestServer, who: World, whose: World, act: number) {
  const { path, type } = ACTS[act] ?? { path: "", type: "query" };
  const input = await SAMPLES[path]?.(whose, server.url);
  return { path, ...(await callProcedure(server.url, path, { type, input, cookie: who.cookie })) };
}
