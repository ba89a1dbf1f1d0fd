import { expect, test } from "vitest";
import { expandGrants, isGranted, PERMISSIONS, ROLE_GRANTS, ROLES } from "./permissions.ts";

test("an action includes the view of its area, and of no other", () => {
  expect(isGranted(["assets.create"], "assets.view")).toBe(true);
  expect(isGranted(["assets.create"], "assets.delete")).toBe(false);
  expect(isGranted(["assets.create"], "playlists.view")).toBe(false);
});

test("wildcards cover their area or everything", () => {
  expect(isGranted(["devices.*"], "devices.revoke")).toBe(true);
  expect(isGranted(["devices.*"], "assets.view")).toBe(false);
  expect(expandGrants(["*"])).toEqual([...PERMISSIONS]);
});

test("no role but the owner may delete the organization", () => {
  const able = ROLES.filter((role) => isGranted(ROLE_GRANTS[role], "organization.delete"));
  expect(able).toEqual(["owner"]);
});

test("a viewer changes nothing", () => {
  expect(expandGrants(ROLE_GRANTS.viewer).every((permission) => permission.endsWith(".view"))).toBe(true);
});

test("a manager's work is content, an operator's is screens", () => {
  expect(isGranted(ROLE_GRANTS.manager, "playlists.edit")).toBe(true);
  expect(isGranted(ROLE_GRANTS.manager, "devices.pair")).toBe(false);
  expect(isGranted(ROLE_GRANTS.operator, "devices.pair")).toBe(true);
  expect(isGranted(ROLE_GRANTS.operator, "assets.create")).toBe(false);
});
