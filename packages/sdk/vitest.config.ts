import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "sdk", include: ["src/**/*.test.ts"], testTimeout: 240_000, hookTimeout: 60_000 },
});
