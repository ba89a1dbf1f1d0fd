import { parseArgs } from "node:util";
import { AppError } from "@vitrine/core/model/errors";
import { id as uuid } from "@vitrine/core/model/ids";
import { type OwnLimits, PLAN_THINGS, planName } from "@vitrine/core/model/plan";
import { organizationScope } from "@vitrine/db/scope";
import { getPlan } from "../features/plan/queries.ts";
import { setPlan } from "../features/plan/set-plan.ts";
import { newId } from "../platform/clock.ts";
import { readConfig } from "../platform/config.ts";
import { lockDataDir } from "../platform/data-lock.ts";
import { makeLog } from "../platform/log.ts";
import { loadSecrets } from "../platform/secrets.ts";
import { StartupError } from "../platform/startup-error.ts";
import { openDatabases } from "../system/open-databases.ts";

const HELP = `With the environment that the server runs with, and the server stopped where it brings its own database:
  npm run plan -- <number of the organization>                     prints its plan and what is used of it
  npm run plan -- <number> basic|professional|enterprise|legacy|unlimited [--screens 20] [--people none] …
                                                                   gives it a plan, with limits agreed beside it:
                                                                   screens, people, assets, storage (bytes)
The number is on the page "Plan and usage" of its settings.`;

/** `npm run plan`: shows or changes the plan of an organization. Exit code 1 and one sentence when it could not. */
process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  const asked = read(words);
  if (asked === undefined) {
    console.log(HELP);
    return words.length === 0 ? 0 : 1;
  }
  const stack = new AsyncDisposableStack();
  try {
    const config = readConfig(process.env, process.cwd());
    if (config.databaseUrl === undefined) stack.use(await lockDataDir(config.dataDir));
    const secrets = loadSecrets(config.dataDir);
    const log = makeLog(config.logLevel);
    const opened = { config, roleUrls: undefined, secrets, log, stack, onOutboxCommit: () => {} };
    const { database } = await openDatabases(opened);
    const { organizationId, plan, ownLimits } = asked;
    if (plan !== undefined) await setPlan({ database, newId }, { organizationId, plan, ownLimits });
    const view = await getPlan(database, organizationScope(organizationId));
    console.log(`Plan: ${view.plan}`);
    for (const { thing, use, limit } of view.uses) console.log(`${thing}: ${use} of ${limit ?? "no limit"}`);
    return 0;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") {
      console.error(`There is no organization ${asked.organizationId}.`);
      return 1;
    }
    if (!(error instanceof StartupError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await stack.disposeAsync();
  }
}

/** What is asked for; undefined when it is not well said. */
function read(words: string[]) {
  try {
    const option = { type: "string" } as const;
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { screens: option, people: option, assets: option, storage: option },
    });
    const [organizationId, plan, ...rest] = positionals;
    if (rest.length > 0) return undefined;
    const ownLimits: OwnLimits = {};
    for (const thing of PLAN_THINGS) {
      const text = values[thing];
      if (text === undefined) continue;
      if (text !== "none" && !/^\d{1,15}$/.test(text)) return undefined;
      ownLimits[thing] = text === "none" ? null : Number(text);
    }
    return {
      organizationId: uuid.parse(organizationId),
      plan: plan === undefined ? undefined : planName.parse(plan),
      ownLimits,
    };
  } catch {
    return undefined;
  }
}
