import { expandGrants, ROLE_GRANTS, ROLES, type Role } from "@vitrine/core/model/permissions";
import { expect, test } from "vitest";
import { rolesWithin } from "./roles.ts";

test.each<[Role, readonly Role[]]>([
  ["owner", ROLES],
  ["admin", ["admin", "manager", "operator", "viewer"]],
  ["manager", ["manager", "viewer"]],
  ["operator", ["operator", "viewer"]],
  ["viewer", ["viewer"]],
])("%s gives no role that may more", (role, given) => {
  expect(rolesWithin(expandGrants(ROLE_GRANTS[role]))).toEqual(given);
});
