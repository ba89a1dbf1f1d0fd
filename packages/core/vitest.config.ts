import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "core",
    // Modules keep nothing from file to file: a worker that keeps them starts each the sooner.
    isolate: false,
    include: ["src/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
