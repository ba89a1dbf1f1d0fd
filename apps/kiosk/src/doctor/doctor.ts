import { setTimeout } from "node:timers/promises";
import { type KioskConfig, readConfig } from "../engine/config/config.ts";
import { describe } from "../engine/platform/log.ts";
import { checkDisk } from "./disk-checks.ts";
import { bad, type Finding } from "./finding.ts";
import { checkDecoder, checkDisplay, checkHeat, checkSound } from "./machine-checks.ts";
import { checkServer } from "./server-checks.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `vitrine-kiosk doctor [--json] [options]`: looks at this machine as a player with these options would meet it,
 * changes nothing, and prints a line for each look. Gives the exit code: 0, or 1 where something keeps the screen
 * from its work. Throws `ConfigError` for options that cannot be used.
 */
export async function runDoctor(
  argv: readonly string[],
  env: Env,
  print: (text: string) => void,
): Promise<number> {
  const config = readConfig(
    argv.filter((word) => word !== "--json"),
    env,
  );
  const findings = await examine(config, env);
  if (argv.includes("--json")) print(`${JSON.stringify(findings, null, 2)}\n`);
  else print(findings.map(lineOf).join(""));
  return findings.some(({ verdict }) => verdict === "bad") ? 1 : 0;
}

interface Look {
  name: string;
  isDue: boolean;
  look(): Promise<Finding | Finding[]>;
}

async function examine(config: KioskConfig, env: Env): Promise<Finding[]> {
  const isSeen = config.shell !== "none";
  const isChromium = config.shell === "auto" || config.shell === "chromium";
  const looks: Look[] = [
    { name: "display", isDue: isSeen, look: () => checkDisplay(env) },
    { name: "decoder", isDue: isChromium, look: () => checkDecoder(env) },
    { name: "sound", isDue: isSeen, look: checkSound },
    { name: "data folder", isDue: true, look: () => checkDisk(config.data) },
    { name: "server", isDue: true, look: () => checkServer(config.server) },
    { name: "heat", isDue: true, look: checkHeat },
  ];
  const findings = await Promise.all(
    looks
      .filter(({ isDue }) => isDue)
      .map(({ name, look }) =>
        Promise.race([look(), tooLong()]).catch((error: unknown) =>
          bad(
            name,
            `it could not be looked at: ${describe(error)}`,
            "Run it as the user who runs the player.",
          ),
        ),
      ),
  );
  return findings.flat();
}

async function tooLong(): Promise<never> {
  await setTimeout(LOOK_LIMIT_MS, undefined, { ref: false });
  throw new Error(`it takes longer than ${LOOK_LIMIT_MS / 1000} s`);
}

const LOOK_LIMIT_MS = 40_000;
const MARKS = { ok: "ok  ", warn: "warn", bad: "BAD " } as const;

function lineOf({ name, verdict, text, advice }: Finding): string {
  return `${MARKS[verdict]}  ${name.padEnd(12)} ${text}\n${advice === null ? "" : `${" ".repeat(19)}${advice}\n`}`;
}
