import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callProcedure, makeAlikeWorld, strangeWorld, type World } from "../testing/alike-world.ts";
import { listProcedures, SAMPLES } from "../testing/samples.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

/** How often each query is timed with either id; nothing is asserted of time. */
const ROUNDS = Number(process.env.VITRINE_TIMING ?? 1);

const queries = listProcedures().filter(
  ({ path, type }) => type === "query" && !path.startsWith("account.") && path !== "devices.findPairing",
);

describe("a foreign id is answered as a random one", () => {
  let server: TestServer;
  let own: World;
  let foreign: World;
  beforeAll(async () => {
    server = await startTestServer();
    own = await makeAlikeWorld(server.url);
    foreign = await makeAlikeWorld(server.url);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const asked = queries.filter(({ path }) =>
    JSON.stringify(SAMPLES[path]?.(strangeWorld(), "") ?? {}).includes("-"),
  );
  test.each(asked)(
    "by $path, to the letter; both are timed in turn",
    async ({ path }) => {
      const took = { foreign: [] as number[], random: [] as number[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        const answers: string[] = [];
        for (const which of round % 2 === 0
          ? (["foreign", "random"] as const)
          : (["random", "foreign"] as const)) {
          const input = await SAMPLES[path]?.(which === "foreign" ? foreign : strangeWorld(), server.url);
          const startedMs = performance.now();
          const { status, body } = await callProcedure(server.url, path, {
            type: "query",
            input,
            cookie: own.cookie,
          });
          took[which].push(performance.now() - startedMs);
          answers.push(
            `${status} ${JSON.stringify(body).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id")}`,
          );
        }
        expect(answers[0]).toBe(answers[1]);
      }
      if (process.env.VITRINE_TIMING !== undefined) say(path, took);
    },
    900_000,
  );
});

function say(path: string, { foreign, random }: { foreign: number[]; random: number[] }): void {
  const at = (list: number[], share: number) =>
    list.toSorted((one, other) => one - other)[Math.floor(list.length * share)] ?? 0;
  const shown = (list: number[]) => [0.1, 0.5, 0.9].map((share) => at(list, share).toFixed(2)).join(" / ");
  const ratio = (at(foreign, 0.5) / at(random, 0.5) - 1) * 100;
  process.stdout.write(
    `${path.padEnd(24)} ms at 10, 50, 90 %: foreign ${shown(foreign)}, random ${shown(random)}; medians differ by ${ratio.toFixed(1)} %\n`,
  );
}
