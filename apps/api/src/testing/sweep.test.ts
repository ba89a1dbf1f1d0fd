import { expect, test } from "vitest";
import { type Outcome, sweepProcedure } from "./sweep.ts";

const own = "00000000-0000-4000-8000-00000000000a";
const foreign = "00000000-0000-4000-8000-00000000000b";

const notFound: Outcome = { status: 404, body: { code: "NOT_FOUND" } };

function subjectOf(call: (id: string) => Outcome) {
  let state = "rows";
  return {
    sample: async (world: "own" | "foreign") => ({ id: world === "own" ? own : foreign }),
    call: async (input: unknown) => {
      const { id } = input as { id: string };
      const outcome = call(id);
      if (outcome.status === 299) state = "changed rows";
      return outcome;
    },
    foreignState: async () => state,
    foreignIds: [foreign],
  };
}

test("a procedure that treats foreign and random ids alike passes", async () => {
  expect(
    await sweepProcedure(subjectOf((id) => (id === own ? { status: 200, body: {} } : notFound))),
  ).toEqual([]);
});

test("a procedure that refuses a foreign id in another way than a random one is named", async () => {
  const faults = await sweepProcedure(
    subjectOf((id) => (id === foreign ? { status: 403, body: {} } : notFound)),
  );
  expect(faults.join()).toContain("a foreign id gives 403");
});

test("a procedure that answers with a foreign row is named", async () => {
  const faults = await sweepProcedure(
    subjectOf((id) => (id === foreign ? { status: 200, body: { id } } : notFound)),
  );
  expect(faults.join()).toContain("answers with the foreign world's");
});

test("a procedure that changes a foreign row is named, though it answers like any other", async () => {
  const faults = await sweepProcedure(subjectOf((id) => ({ status: id === foreign ? 299 : 200, body: {} })));
  expect(faults.join()).toContain("the foreign world's rows changed");
});
