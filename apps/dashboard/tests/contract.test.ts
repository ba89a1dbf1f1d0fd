import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@vitrine/api/router";
import { appRouter } from "@vitrine/api/router";
import { expect, expectTypeOf, test } from "vitest";
import { type FakeRouter, fakeRouter } from "./fake/router.ts";

type RealInputs = inferRouterInputs<AppRouter>;
type FakeInputs = inferRouterInputs<FakeRouter>;
type RealOutputs = inferRouterOutputs<AppRouter>;
type FakeOutputs = inferRouterOutputs<FakeRouter>;

test("the server of these tests has the procedures of the real one, no more and no fewer", () => {
  expect(names(fakeRouter)).toEqual(names(appRouter));
});

test("and takes and gives the same shapes", () => {
  expectTypeOf<FakeInputs["assets"]["list"]>().toEqualTypeOf<RealInputs["assets"]["list"]>();
  expectTypeOf<FakeInputs["playlists"]>().toEqualTypeOf<RealInputs["playlists"]>();
  expectTypeOf<FakeInputs["devices"]>().toEqualTypeOf<RealInputs["devices"]>();
  expectTypeOf<FakeOutputs["account"]["session"]>().toEqualTypeOf<RealOutputs["account"]["session"]>();
  expectTypeOf<FakeOutputs["overview"]>().toEqualTypeOf<RealOutputs["overview"]>();
  expectTypeOf<FakeOutputs["devices"]["commands"]>().toEqualTypeOf<RealOutputs["devices"]["commands"]>();
  expectTypeOf<FakeOutputs["playlists"]["preview"]>().toEqualTypeOf<RealOutputs["playlists"]["preview"]>();
});

function names(router: { _def: { procedures: object } }): string[] {
  return Object.keys(router._def.procedures).sort();
}
