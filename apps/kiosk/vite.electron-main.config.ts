import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Electron's main process with the engine in it: one file, so that the packaged app needs no node_modules. */
export default defineConfig({
  ssr: { noExternal: true, external: ["electron", "electron/main"] },
  build: {
    ssr: fileURLToPath(new URL("./src/shells/electron/main.ts", import.meta.url)),
    outDir: fileURLToPath(new URL("./dist/electron", import.meta.url)),
    emptyOutDir: false,
    target: "node24",
    rolldownOptions: {
      external: ["electron", "electron/main"],
      output: { format: "es", entryFileNames: "main.js", codeSplitting: false },
    },
  },
});
