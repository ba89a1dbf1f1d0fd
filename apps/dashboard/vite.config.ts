import { readdir, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const api = process.env.VITRINE_API ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react(), tailwind(), precompress()],
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    sourcemap: false,
    manifest: true,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: Object.fromEntries(
      ["/trpc", "/uploads", "/stage"].map((path) => [path, { target: api, changeOrigin: true }]),
    ),
  },
});

/** Writes `.br` and `.gz` beside every text file of the build, so that the server compresses nothing. */
function precompress(): Plugin {
  let outDir = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      const root = resolve(import.meta.dirname, outDir);
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|html|json)$/.test(entry.name)) continue;
        const path = resolve(entry.parentPath, entry.name);
        const body = await readFile(path);
        if (body.length < 600) continue;
        await writeFile(`${path}.gz`, gzipSync(body, { level: 9 }));
        await writeFile(
          `${path}.br`,
          brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
        );
      }
    },
  };
}
