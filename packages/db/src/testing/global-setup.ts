import type { TestProject } from "vitest/node";
import { startTestServer, type TestServerAddress } from "./test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    vitrineServer: TestServerAddress;
  }
}

/** For vitest's `globalSetup`: one database server for the run, which `createTestDatabase` clones databases on. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide("vitrineServer", server.address);
  return async () => {
    await server[Symbol.asyncDispose]();
  };
}
