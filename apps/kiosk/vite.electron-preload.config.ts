import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The preload: CommonJS, since a sandboxed preload cannot be a module, and one file, since it can require none. */
export default defineConfig({
  ssr: { external: ["electron/renderer"] },
  build: {
    ssr: fileURLToPath(new URL("./src/shells/electron/preload.ts", import.meta.url)),
    outDir: fileURLToPath(new URL("./dist/electron", import.meta.url)),
    emptyOutDir: false,
    target: "node24",
    rolldownOptions: {
      external: ["electron/renderer"],
      output: { format: "cjs", entryFileNames: "preload.cjs" },
    },
  },
});
