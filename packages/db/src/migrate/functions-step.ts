import { readFile } from "node:fs/promises";
import { FUNCTIONS } from "../access/functions.ts";
import { DEFINER, OWNER } from "../access/roles.ts";
import { asRole, type Step } from "./step.ts";

const SCHEMAS = ["app", "auth"] as const;
/** What each schema's functions are written in. */
const FILES = { app: ["app"], auth: ["auth", "second-factor"] };
/** A function cannot be replaced by one with another result. */
const OTHER_RESULT = "42P13";

/** Makes or replaces every function of ours, owned by the definer role; those of former versions are dropped. */
export async function replaceFunctions(step: Step): Promise<void> {
  for (const schema of SCHEMAS) {
    const texts = FILES[schema].map((file) =>
      readFile(new URL(`../access/functions/${file}.sql`, import.meta.url), "utf8"),
    );
    const text = (await Promise.all(texts)).join("\n");
    await asRole(step, DEFINER, async () => {
      const failure = await step.attempt(text);
      if (failure !== undefined) {
        if (!hasOtherResult(failure)) throw failure;
        await dropFunctions(step, schema, () => true);
        await step.run(text);
        step.say(`functions of ${schema} made anew`);
      }
      const ours = new Set(FUNCTIONS.map(({ signature }) => signature));
      await dropFunctions(step, schema, (signature) => !ours.has(signature));
    });
  }
}

/** Drops functions of a schema, but those that something needs, such as a policy. */
async function dropFunctions(
  { run, say }: Step,
  schema: string,
  isMeant: (signature: string) => boolean,
): Promise<void> {
  const found = await run(
    `select p.oid::regprocedure::text as signature from pg_proc p
     where p.pronamespace = $1::regnamespace and p.proowner = $2::regrole
       and not exists (select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid)`,
    [schema, DEFINER],
  );
  for (const signature of found.map((row) => String(row.signature)).filter(isMeant)) {
    await run(`drop function ${signature}`);
    say(`function ${signature} dropped`);
  }
}

function hasOtherResult(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === OTHER_RESULT;
}

/** Makes the schemas that hold functions, and the rights that making things in them needs. */
export async function ensureSchemas({ run }: Step): Promise<void> {
  await run(
    `do $$ begin execute format('grant create, connect on database %I to ${OWNER}', current_database()); end $$`,
  );
  for (const schema of SCHEMAS) {
    await run(`do $$ begin
      if to_regnamespace('${schema}') is null then create schema ${schema} authorization ${DEFINER}; end if;
    end $$`);
  }
}

/** Lets the definer see the tables that its functions name: bodies in standard SQL are checked when they are made. */
export async function letDefinerCompile({ run }: Step): Promise<void> {
  await run(`grant usage on schema system, tenant to ${DEFINER}`);
}
