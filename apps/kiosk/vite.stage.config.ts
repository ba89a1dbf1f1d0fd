import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page on the glass: relative addresses, so that a kiosk and the API can each host it under a path of theirs. */
export default defineConfig({
  root: fileURLToPath(new URL("./src/stage", import.meta.url)),
  base: "./",
  build: {
    outDir: fileURLToPath(new URL("./dist/stage", import.meta.url)),
    emptyOutDir: true,
    // Electron's and the oldest Chromium that is served (Raspberry Pi OS) understand this.
    target: "chrome130",
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
