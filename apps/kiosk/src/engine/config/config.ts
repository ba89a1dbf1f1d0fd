import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";

/** What a person can set, in order of strength: options, environment, `config.json` of the data folder, defaults. */
export const kioskConfig = z.strictObject({
  server: z
    .url({
      protocol: /^https?$/,
      error: "Give the address of the server, such as --server https://signage.example.com",
    })
    .transform((text) => text.replace(/\/+$/, "")),
  shell: z.enum(["auto", "electron", "chromium", "none"], {
    error: "--shell is electron, chromium or none",
  }),
  data: z.string(),
  window: z
    .string()
    .regex(/^\d{2,5}x\d{2,5}$/, "--window is WIDTHxHEIGHT, such as 1280x720")
    .optional(),
  /** 0 is muted. */
  volume: z.coerce.number({ error: "--volume is a number" }).min(0).max(100),
  /** Forget the organization, its content and the screen's own key, and pair anew. */
  forget: z.boolean(),
  /** Most that stored content may take, in GiB. */
  cacheLimit: z.coerce.number({ error: "--cache-limit is a number of GiB" }).positive().optional(),
});
export type KioskConfig = z.infer<typeof kioskConfig>;

/** A setting that cannot be used; its message says what to do. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

export const USAGE = `Usage: npm run kiosk -- --server URL [options]

  --server URL         the Vitrine server (VITRINE_SERVER)
  --shell NAME         electron, chromium or none (VITRINE_KIOSK_SHELL); default: the first that is there
  --data DIR           where this screen keeps itself (VITRINE_KIOSK_DATA); default ~/.vitrine-kiosk
  --window WxH         a window instead of the full screen
  --volume PERCENT     sound of videos, default 0 (VITRINE_KIOSK_VOLUME)
  --forget             forget the organization and all content first, and pair anew
  --cache-limit GIB    most that stored content may take; default: what the disk has

The same names, without dashes, may stand in config.json of the data folder.`;

/** Reads the configuration. Throws `ConfigError` with one sentence that says what to do. */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): KioskConfig {
  const { forget, texts: options } = readOptions(argv);
  const data = resolve(options.data ?? env.VITRINE_KIOSK_DATA ?? join(homedir(), ".vitrine-kiosk"));
  const fromEnv = {
    server: env.VITRINE_SERVER,
    shell: env.VITRINE_KIOSK_SHELL,
    volume: env.VITRINE_KIOSK_VOLUME,
  };
  const merged = {
    shell: "auto",
    volume: 0,
    ...readConfigFile(data),
    ...defined(fromEnv),
    ...defined(options),
    data,
    forget,
  };
  const parsed = kioskConfig.safeParse(merged);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigError(`${issue?.message ?? "The configuration is wrong"}.\n\n${USAGE}`);
}

function readOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        server: { type: "string" },
        shell: { type: "string" },
        data: { type: "string" },
        window: { type: "string" },
        volume: { type: "string" },
        "cache-limit": { type: "string" },
        forget: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) throw new ConfigError(USAGE);
    const { "cache-limit": cacheLimit, forget = false, server, shell, data, window, volume } = values;
    return { forget, texts: { server, shell, data, window, volume, cacheLimit } };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${error instanceof Error ? error.message : "Wrong options"}\n\n${USAGE}`);
  }
}

function readConfigFile(data: string): Record<string, unknown> {
  const path = join(data, "config.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new ConfigError(`${path} is not a JSON object; mend or remove it.`);
  }
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
