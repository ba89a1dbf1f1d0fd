import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "journeys",
    include: ["**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
