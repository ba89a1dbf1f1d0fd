import { inject } from "vitest";
import { cloneTemplate, type TestDatabase } from "./create-test-database.ts";
import type {} from "./global-setup.ts";

export type { TestDatabase } from "./create-test-database.ts";

/**
 * A migrated, empty database for one test file, with the address of each role. Wants `@vitrine/db/testing/global-setup`
 * among the `globalSetup` of vitest's configuration. Dispose it after the file.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  return cloneTemplate(inject("vitrineServer"));
}
