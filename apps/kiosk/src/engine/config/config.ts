import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { DEFAULT_MIN_VERSION } from "node:tls";
import { parseArgs } from "node:util";
import { privateHost } from "@vitrine/core/model/device";
import { findTlsFault } from "@vitrine/core/model/tls";
import * as z from "zod";
import { nearestName } from "./nearest-name.ts";

/** What may stand in `config.json`, and be told by options and environment. */
const settings = {
  server: z
    .url({
      protocol: /^https?$/,
      error: "Give the address of the server, such as --server https://signage.example.com",
    })
    .transform((text) => text.replace(/\/+$/, "")),
  shell: z.enum(["auto", "electron", "chromium", "none"], {
    error: "--shell is electron, chromium or none",
  }),
  window: z
    .string()
    .regex(/^\d{2,5}x\d{2,5}$/, "--window is WIDTHxHEIGHT, such as 1280x720")
    .optional(),
  /** 0 is muted. Where the organization sets a loudness for the screen, that counts. */
  volume: z.coerce.number({ error: "--volume is a number" }).min(0).max(100),
  /** Most that stored content may take, in GiB. */
  cacheLimit: z.coerce.number({ error: "--cache-limit is a number of GiB" }).positive().optional(),
  /** Port of the page for a technician, on this machine alone; 0: none. */
  statusPort: z.coerce
    .number({ error: "--status-port is a number" })
    .int("--status-port is a whole number")
    .min(0, "--status-port is 0 to 65535")
    .max(65_535, "--status-port is 0 to 65535"),
  /** Hosts of the private network that web content may reach. */
  allowPrivate: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => (typeof given === "string" ? given.split(",") : given))
    .transform((hosts) => hosts.map((host) => host.trim()).filter((host) => host !== ""))
    .pipe(z.array(privateHost).max(50, "--allow-private has at most 50 hosts")),
  updateChannel: z.string().regex(/^[a-z0-9-]{1,40}$/, "--update-channel is a name such as stable"),
  /** Folder of the feeds of updates, and the key they are signed with (base64 of its DER). */
  updateUrl: z.url({ protocol: /^https?$/, error: "updateUrl is an http(s) address" }).optional(),
  updateKey: z.string().max(200).optional(),
};

/** What a person can set, in order of strength: options, environment, `config.json` of the data folder, defaults. */
export const kioskConfig = z.strictObject({
  ...settings,
  data: z.string(),
  /** Forget the organization, its content and the screen's own key, and pair anew. */
  forget: z.boolean(),
});
export type KioskConfig = z.infer<typeof kioskConfig>;

/** A setting that cannot be used; its message says what to do. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

export const USAGE = `Usage: npm run kiosk -- --server URL [options]
       npm run kiosk -- doctor [--json] [options]     looks at this machine and says what to mend

  --server URL         the Vitrine server (VITRINE_SERVER)
  --shell NAME         electron, chromium or none (VITRINE_KIOSK_SHELL); default: the first that is there
  --data DIR           where this screen keeps itself (VITRINE_KIOSK_DATA); default ~/.vitrine-kiosk
  --window WxH         a window instead of the full screen
  --volume PERCENT     sound, default 0 (VITRINE_KIOSK_VOLUME); a loudness set in the dashboard counts before it
  --forget             forget the organization and all content first, and pair anew
  --cache-limit GIB    most that stored content may take; default: what the disk has
  --status-port PORT   page for a technician on this machine, default 8686, 0 for none (VITRINE_KIOSK_STATUS_PORT)
  --allow-private LIST hosts of the private network that web pages may reach: names, addresses, ranges, by commas
  --update-channel NAME where updates come from, default stable (VITRINE_UPDATE_CHANNEL)

The same names in the manner of cacheLimit may stand in config.json of the data folder, and updateUrl and updateKey
(VITRINE_UPDATE_URL, VITRINE_UPDATE_KEY).`;

const DEFAULTS = { shell: "auto", volume: 0, statusPort: 8686, allowPrivate: [], updateChannel: "stable" };

const OPTIONS = {
  server: { type: "string" },
  shell: { type: "string" },
  data: { type: "string" },
  window: { type: "string" },
  volume: { type: "string" },
  "cache-limit": { type: "string" },
  "status-port": { type: "string" },
  "allow-private": { type: "string" },
  "update-channel": { type: "string" },
  forget: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the configuration. Throws `ConfigError` with one sentence that says what to do, also where certificates would not
 * be checked.
 */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): KioskConfig {
  const tlsFault = findTlsFault(env, DEFAULT_MIN_VERSION);
  if (tlsFault !== undefined) throw new ConfigError(tlsFault);
  const { forget, texts: options } = readOptions(argv);
  const data = resolve(options.data ?? env.VITRINE_KIOSK_DATA ?? join(homedir(), ".vitrine-kiosk"));
  const fromEnv = {
    server: env.VITRINE_SERVER,
    shell: env.VITRINE_KIOSK_SHELL,
    volume: env.VITRINE_KIOSK_VOLUME,
    statusPort: env.VITRINE_KIOSK_STATUS_PORT,
    allowPrivate: env.VITRINE_KIOSK_ALLOW_PRIVATE,
    updateChannel: env.VITRINE_UPDATE_CHANNEL,
    updateUrl: env.VITRINE_UPDATE_URL,
    updateKey: env.VITRINE_UPDATE_KEY,
  };
  const merged = {
    ...DEFAULTS,
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
    const { values } = parseArgs({ args: [...argv], options: OPTIONS });
    if (values.help) throw new ConfigError(USAGE);
    const { forget = false, server, shell, data, window, volume } = values;
    const texts = {
      ...{ server, shell, data, window, volume },
      cacheLimit: values["cache-limit"],
      statusPort: values["status-port"],
      allowPrivate: values["allow-private"],
      updateChannel: values["update-channel"],
    };
    return { forget, texts };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${optionComplaint(error)}\n\n${USAGE}`);
  }
}

function optionComplaint(error: unknown): string {
  const text = error instanceof Error ? error.message : "Wrong options";
  const unknown = /^Unknown option '--([\w-]+)'/.exec(text)?.[1];
  if (unknown === undefined) return text;
  const meant = nearestName(unknown, Object.keys(OPTIONS));
  return `There is no option --${unknown}.${meant === undefined ? "" : ` Did you mean --${meant}?`}`;
}

function readConfigFile(data: string): Record<string, unknown> {
  const path = join(data, "config.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  const read = z.record(z.string(), z.unknown()).safeParse(toJson(text));
  if (!read.success) throw new ConfigError(`${path} is not a JSON object; mend or remove it.`);
  const names = Object.keys(settings);
  for (const key of Object.keys(read.data)) {
    if (names.includes(key)) continue;
    const meant = nearestName(key, names);
    const hint = meant === undefined ? `It may have ${names.join(", ")}.` : `Did you mean "${meant}"?`;
    throw new ConfigError(`${path} has "${key}", which is no setting. ${hint}`);
  }
  return read.data;
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
