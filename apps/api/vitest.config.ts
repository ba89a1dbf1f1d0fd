import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "api",
    // Modules keep nothing from file to file: a worker that keeps them starts each the sooner.
    isolate: false,
    include: ["src/**/*.test.ts"],
    globalSetup: ["@vitrine/db/testing/global-setup"],
    // What is polled for comes at once, but on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
