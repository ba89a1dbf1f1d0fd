import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "kiosk",
    include: ["src/**/*.test.ts"],
    exclude: ["src/**/*.{browser,timed}.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
