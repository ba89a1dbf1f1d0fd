import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "dashboard",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    globalSetup: ["tests/build-dashboard.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
