import { randomUUID } from "node:crypto";
import { expect, expectTypeOf, test } from "vitest";
import { assets, organizations } from "../schema/index.ts";
import { type OrganizationScope, organizationScope } from "./scope.ts";

test("a scope is made of nothing but a UUID in canonical form", () => {
  for (const wrong of [
    "",
    "x",
    "'; drop table",
    `${randomUUID()}'`,
    randomUUID().toUpperCase(),
    ` ${randomUUID()}`,
    `${randomUUID()}\n`,
  ]) {
    expect(() => organizationScope(wrong)).toThrow(TypeError);
  }
  expectTypeOf<OrganizationScope>().not.toEqualTypeOf<{ organizationId: string }>();
  expect(assets.organizationId.notNull && organizations.organizationId.notNull).toBe(true);
});
