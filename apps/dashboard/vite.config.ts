import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compileMessages } from "./build/compile-messages.ts";
import { precompress } from "./build/precompress.ts";

const api = process.env.VITRINE_API ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react(), tailwind(), compileMessages(), precompress()],
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    chunkSizeWarningLimit: 400,
  },
  server: {
    proxy: Object.fromEntries(
      ["/trpc", "/audit/", "/uploads", "/stage"].map((path) => [path, { target: api, changeOrigin: true }]),
    ),
  },
});
