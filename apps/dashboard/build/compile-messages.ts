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
      if (!/\/src\/messages\/en(-\w+)?\.ts$/.test(id)) return null;
      const module: Record<string, unknown> = await import(pathToFileURL(id).href);
      return Object.entries(module)
        .map(([name, messages]) => `export const ${name} = ${JSON.stringify(compiled(messages))};`)
        .join("\n");
    },
  };
}

function compiled(messages: unknown): unknown {
  if (typeof messages === "string") return compile(messages);
  return Object.fromEntries(Object.entries(messages ?? {}).map(([key, value]) => [key, compiled(value)]));
}
