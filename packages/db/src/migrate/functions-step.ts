import { readFile } from "node:fs/promises";
import { DEFINER, OWNER } from "../access/roles.ts";
import { asRole, type Step } from "./step.ts";

/** Makes or replaces every function of ours, owned by the definer role. */
export async function replaceFunctions(step: Step): Promise<void> {
  for (const schema of ["app", "auth"]) {
    const text = await readFile(new URL(`../access/functions/${schema}.sql`, import.meta.url), "utf8");
    await asRole(step, DEFINER, async () => {
      await step.run(text);
    });
  }
}

/** Makes the schemas that hold functions, and the rights that making things in them needs. */
export async function ensureSchemas({ run }: Step): Promise<void> {
  await run(
    `do $$ begin execute format('grant create, connect on database %I to ${OWNER}', current_database()); end $$`,
  );
  for (const schema of ["app", "auth"]) {
    await run(`do $$ begin
      if to_regnamespace('${schema}') is null then create schema ${schema} authorization ${DEFINER}; end if;
    end $$`);
  }
}

/** Lets the definer see the tables that its functions name: bodies in standard SQL are checked when they are made. */
export async function letDefinerCompile({ run }: Step): Promise<void> {
  await run(`grant usage on schema system, tenant to ${DEFINER}`);
}
