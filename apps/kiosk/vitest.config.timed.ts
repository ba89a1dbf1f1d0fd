import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "timed",
    // Modules keep nothing from file to file: a worker that keeps them starts each the sooner.
    isolate: false,
    include: ["src/**/*.timed.test.ts"],
    globalSetup: ["src/testing/build-stage.ts"],
    // What is polled for comes at once, but on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
