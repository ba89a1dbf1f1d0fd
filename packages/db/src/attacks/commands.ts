import { type Attack, always, counted, DENIED, type Expectation, step, valued } from "./attack.ts";
import type { AttackTable } from "./attack-world.ts";
import { may } from "./writes.ts";

/** What is about a whole table: emptying, locking, defining, copying to and from files. */
export function tableCommands(table: AttackTable): Attack[] {
  const on = `tenant.${table.name}`;
  const one = (command: string, text: string, expectation: Expectation = DENIED): Attack => ({
    command,
    steps: [step(text)],
    isKept: false,
    expected: always(expectation),
  });
  const mayLock = may(table, "UPDATE") || may(table, "DELETE");
  return [
    one("truncate", `truncate ${on}`),
    one("truncate", `truncate ${on} cascade`),
    one("lock table", `lock table ${on} in access share mode`, counted(0)),
    one("lock table", `lock table ${on} in access exclusive mode`, mayLock ? counted(0) : DENIED),
    one("definition", `alter table ${on} disable row level security`),
    one("definition", `alter table ${on} no force row level security`),
    one("definition", `create policy mine on ${on} using (true)`),
    one("definition", `drop policy organization on ${on}`),
    {
      command: "definition",
      steps: [
        step(`grant select on ${on} to public`),
        step(`select has_table_privilege('vitrine_auth', '${on}', 'select')::text as value`),
      ],
      isKept: false,
      expected: always(valued("false")),
    },
    one("definition", `create index on ${on} (organization_id)`),
    one("definition", `create view public.mine as select * from ${on}`),
    one("definition", `create temporary table mine as select * from ${on}`),
    one("definition", `create rule mine as on delete to ${on} do instead nothing`),
    one("definition", `drop table ${on} cascade`),
    one("copy to a file", `copy ${on} to '/tmp/vitrine-attack'`),
    one("copy to a program", `copy ${on} to program 'cat'`),
    one("copy from a file", `copy ${on} from '/etc/passwd'`),
  ];
}

const NOTHING: Expectation = { kind: "nothing", isVoidFine: false };

/** What no role that serves may do in the server at all. */
export function serverCommands(): Attack[] {
  const texts = [
    "select * from system.users",
    "select * from system.sessions",
    "select * from system.pairing_requests",
    "select * from ledger.migrations",
    "select * from pgboss.job",
    "set local role vitrine_owner",
    "set local role vitrine_definer",
    "set local role vitrine_jobs",
    "set local session authorization postgres",
    "set local session_replication_role = replica",
    "create table tenant.mine (id int)",
    "create table public.mine (id int)",
    "create schema mine",
    "create temporary table mine (id int)",
    "create function app.mine() returns int language sql as 'select 1'",
    "create role mine",
    "alter role vitrine_app bypassrls",
    "select pg_read_file('/etc/passwd')",
    "select * from pg_authid",
    "select lo_import('/etc/passwd')",
  ];
  const unseen = [
    "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
    "select * from pg_stats where schemaname = 'tenant'",
    "select query from pg_stat_activity where usename <> current_user and query not like '%insufficient privilege%'",
  ];
  return [
    ...texts.map((text): Attack => {
      return { command: "server", steps: [step(text)], isKept: false, expected: () => DENIED };
    }),
    ...unseen.map((text): Attack => {
      return { command: "server", steps: [step(text)], isKept: false, expected: () => NOTHING };
    }),
  ];
}
