import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { takeTurn } from "../features/take-turn.ts";
import { makeTestOrganization } from "../testing/test-organization.ts";
import { startTestServer } from "../testing/test-server.ts";
import { toAppError } from "./errors.ts";

test("of two calls that wait for each other, one is undone and may be asked again", async () => {
  await using server = await startTestServer();
  const { database } = server.services;
  const { scope } = await makeTestOrganization(server.services);
  const both = Promise.withResolvers<void>();
  let held = 0;
  const cross = (first: string, second: string) =>
    database.inOrganization(scope, async (tx) => {
      await takeTurn(tx, first);
      held += 1;
      if (held === 2) both.resolve();
      await both.promise;
      await takeTurn(tx, second);
    });
  const outcomes = await Promise.allSettled([cross("a", "b"), cross("b", "a")]);
  const failures = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(failures).toHaveLength(1);
  const failure = toAppError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: failures[0] }));
  expect(failure).toMatchObject({ code: "BUSY" });
});
