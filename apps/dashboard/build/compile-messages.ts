import { pathToFileURL } from "node:url";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";

/**
 * Compiles the message catalogue while building, so that no browser has to load a parser of ICU messages.
 * The development server gives out the messages as they are written.
 */
export function compileMessages(): Plugin {
  return {
    name: "compile-messages",
    apply: "build",
    config: () => ({
      resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
    }),
    async load(id) {
      const catalogue = /\/src\/messages\/(en)\.ts$/.exec(id);
      if (!catalogue) return null;
      const module: Record<string, unknown> = await import(pathToFileURL(id).href);
      const name = catalogue[1] ?? "";
      return `export const ${name} = ${JSON.stringify(compiled(module[name]))};`;
    },
  };
}

function compiled(messages: unknown): unknown {
  if (typeof messages === "string") return compile(messages);
  return Object.fromEntries(Object.entries(messages ?? {}).map(([key, value]) => [key, compiled(value)]));
}
