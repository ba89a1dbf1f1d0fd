import { expect, test } from "vitest";
import { createTestDatabase } from "./test-database.ts";

test("a cloned database is empty, migrated and has an address for each role", async () => {
  await using one = await createTestDatabase();
  await using other = await createTestDatabase();
  expect(one.name).not.toBe(other.name);
  expect(one.urls.vitrine_app).toContain(`vitrine_app:`);
  expect(one.urls.vitrine_app).toContain(one.name);
});
