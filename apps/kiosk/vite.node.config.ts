import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The kiosk for Node and a system Chromium: one file, so that an installation needs no node_modules. */
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: fileURLToPath(new URL("./src/main.ts", import.meta.url)),
    outDir: fileURLToPath(new URL("./dist/node", import.meta.url)),
    emptyOutDir: true,
    target: "node24",
    rolldownOptions: { output: { format: "es", entryFileNames: "main.js", codeSplitting: false } },
  },
});
