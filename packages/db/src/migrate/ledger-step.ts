import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as z from "zod";
import { OWNER } from "../access/roles.ts";
import { DatabaseNewerError, MigrationChangedError } from "./errors.ts";
import { asRole, type Step } from "./step.ts";

const journal = z.object({ entries: z.array(z.object({ idx: z.int(), tag: z.string() })) });
const applied = z.array(z.object({ tag: z.string(), sha256: z.string() }));

/**
 * Applies the migrations of the folder that the database has not had, in order, as the owner. Throws
 * `DatabaseNewerError` when the database has had one that the folder lacks, `MigrationChangedError` when a text differs.
 */
export async function applyMigrations(step: Step, folder: URL): Promise<void> {
  await asRole(step, OWNER, async () => {
    await step.run("create schema if not exists ledger");
    await step.run(`create table if not exists ledger.migrations (
      tag text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
  });
  const had = new Map(
    applied
      .parse(await step.run("select tag, sha256 from ledger.migrations"))
      .map((one) => [one.tag, one.sha256]),
  );
  const known = await readFolder(folder);
  const unknown = [...had.keys()].filter((tag) => !known.some((one) => one.tag === tag));
  if (unknown.length > 0) throw new DatabaseNewerError(unknown.sort());
  for (const { tag, sha256 } of known) {
    if (had.has(tag) && had.get(tag) !== sha256) throw new MigrationChangedError(tag);
  }
  const pending = known.filter(({ tag }) => !had.has(tag));
  if (pending.length === 0) return;
  await letOwnerSeeRows(step);
  await asRole(step, OWNER, async () => {
    for (const { tag, text, sha256 } of pending) {
      await step.run(text);
      await step.run("insert into ledger.migrations (tag, sha256) values ($1, $2)", [tag, sha256]);
      step.say(`migration ${tag} applied`);
    }
  });
}

/** Under FORCE the owner sees no row and a migration of data would change nothing; the template forces again, before the commit. */
async function letOwnerSeeRows({ run }: Step): Promise<void> {
  await run(`do $$ declare one regclass; begin
    for one in select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'tenant' and c.relkind in ('r', 'p') and c.relforcerowsecurity
    loop execute format('alter table %s no force row level security', one); end loop;
  end $$`);
}

async function readFolder(folder: URL) {
  const { entries } = journal.parse(
    JSON.parse(await readFile(new URL("meta/_journal.json", folder), "utf8")),
  );
  const ordered = entries.sort((one, other) => one.idx - other.idx);
  return Promise.all(
    ordered.map(async ({ tag }) => {
      const text = await readFile(new URL(`${tag}.sql`, folder), "utf8");
      return { tag, text, sha256: createHash("sha256").update(text).digest("hex") };
    }),
  );
}
