import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "timed",
    include: ["src/**/*.timed.test.ts"],
    globalSetup: ["src/testing/build-stage.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
