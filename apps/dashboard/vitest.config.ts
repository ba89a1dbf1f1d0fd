import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "dashboard",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    globalSetup: ["tests/build-dashboard.ts"],
    // Files share what was loaded: starting anew for each takes longer than most of them.
    isolate: false,
    testTimeout: 120_000,
    // A page takes longer to answer while others are looked at beside it.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 120_000,
  },
});
