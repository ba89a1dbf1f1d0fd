import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { ConfigError } from "../engine/config/config.ts";

export const FLEET_USAGE = `Usage: npm run fleet -- --server URL --screens N [options]

  --server URL          the Vitrine server
  --screens N           how many screens, default 10
  --data DIR            where they keep themselves; default: a folder for temporary things, used again next time
  --per-process N       screens in one process, default 500
  --name TEXT           beginning of their names, default Fleet
  --email, --password   who claims them; or an API key with devices.pair in VITRINE_API_KEY

Screens that were claimed before go on as they are.`;

const fleetOptions = z.strictObject({
  server: z.url({ protocol: /^https?$/, error: "Give the address of the server with --server URL" }),
  screens: z.coerce.number({ error: "--screens is a number" }).int().min(1).max(100_000),
  data: z.string(),
  perProcess: z.coerce.number({ error: "--per-process is a number" }).int().min(1).max(5000),
  name: z.string().min(1).max(100),
  apiKey: z.string().optional(),
  email: z.string().optional(),
  password: z.string().optional(),
});
export type FleetOptions = z.infer<typeof fleetOptions>;

/** Reads what a fleet is to be. Throws `ConfigError` with one sentence that says what to do. */
export function readFleetOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): FleetOptions {
  const { "per-process": perProcess, help, ...values } = parse(argv);
  if (help) throw new ConfigError(FLEET_USAGE);
  const parsed = fleetOptions.safeParse({
    ...values,
    server: values.server?.replace(/\/+$/, ""),
    screens: values.screens ?? "10",
    perProcess: perProcess ?? "500",
    name: values.name ?? "Fleet",
    data: resolve(values.data ?? join(tmpdir(), "vitrine-fleet")),
    apiKey: env.VITRINE_API_KEY,
  });
  if (parsed.success) return parsed.data;
  throw new ConfigError(`${parsed.error.issues[0]?.message ?? "Wrong options"}.\n\n${FLEET_USAGE}`);
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        server: text,
        screens: text,
        data: text,
        "per-process": text,
        name: text,
        email: text,
        password: text,
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : "Wrong options"}\n\n${FLEET_USAGE}`);
  }
}
