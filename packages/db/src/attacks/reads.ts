import { APP_GRANTS } from "../access/grants.ts";
import { type Attack, always, by, counted, DENIED, type Expectation, step, valued } from "./attack.ts";
import { type AttackTable, findOnlyTheirs, type Pair } from "./attack-world.ts";

/** Every way of reading that an attack may try on one table. */
export function reads(table: AttackTable, pair: Pair): Attack[] {
  const on = `tenant.${table.name}`;
  const { id } = pair.target;
  // One name a table: the driver remembers what the rows of a text look like.
  const name = `attack_${table.name}`;
  const rows = counted(pair.mine.rows.get(table.name)?.length ?? 0);
  const size = String(pair.mine.rows.get(table.name)?.length ?? 0);
  const own = by(rows, rows, counted(0));
  const none = always(counted(0));
  const read = (
    command: string,
    expected: Attack["expected"],
    text: string,
    ...parameters: string[]
  ): Attack => ({
    command,
    steps: [step(text, ...parameters)],
    isKept: true,
    expected,
  });
  const key = keyCondition(table, pair);
  const isLockable = APP_GRANTS[table.name]?.includes("UPDATE") === true;
  const locked: Expectation = isLockable ? counted(0) : DENIED;
  return [
    read("select", own, `select * from ${on}`),
    read("select", none, `select * from ${on} where organization_id = $1::uuid`, id),
    read("select by key", none, `select * from ${on} where ${key.text}`, ...key.parameters),
    read("select by text", none, `select * from ${on} t where position($1::text in t::text) > 0`, id),
    // Divides by zero when it is asked about a foreign row before the policy is.
    read("error oracle", own, `select * from ${on} where 1 / (organization_id <> $1::uuid)::int > 0`, id),
    read("count", by(valued(size), valued(size), valued("0")), `select count(*)::text as value from ${on}`),
    read(
      "count",
      always(valued("0")),
      `select count(*)::text as value from ${on} where organization_id = $1::uuid`,
      id,
    ),
    read(
      "exists",
      always(valued("false")),
      `select exists (select from ${on} where organization_id = $1::uuid) as value`,
      id,
    ),
    read("exists", none, `select 1 where $1::uuid in (select organization_id from ${on})`, id),
    read(
      "aggregate",
      always(valued("")),
      `select coalesce(string_agg(t::text, '|'), '') as value from ${on} t where organization_id is distinct from app.current_organization()`,
    ),
    read("aggregate", own, `select *, count(*) over () as total from ${on}`),
    read("cte", own, `with x as materialized (select * from ${on}) select * from x`),
    read(
      "sub-query",
      always(valued("0")),
      `select (select count(*) from ${on} where organization_id = $1::uuid)::text as value`,
      id,
    ),
    read(
      "lateral",
      none,
      `select * from ${on} x, lateral (select * from ${on} y where y.organization_id <> x.organization_id) z`,
    ),
    read(
      "join",
      none,
      `select a.* from ${on} a full join ${on} b on false where b.organization_id = $1::uuid`,
      id,
    ),
    read("set operation", none, `select organization_id from ${on} except select app.current_organization()`),
    read("sample", own, `select * from ${on} tablesample system (100)`),
    read(
      "plpgsql",
      none,
      `do $$ begin if exists (select from ${on} where organization_id = '${id}') then raise exception 'seen'; end if; end $$`,
    ),
    ...["update", "no key update", "share", "key share"].map((strength) =>
      read(
        `select for ${strength}`,
        always(locked),
        `select * from ${on} where organization_id = $1::uuid for ${strength}`,
        id,
      ),
    ),
    {
      command: "cursor",
      steps: [step(`declare ${name} cursor for select * from ${on}`), step(`fetch all from ${name}`)],
      isKept: true,
      expected: own,
    },
    {
      command: "prepared by the driver",
      before: { as: "target", ...step(`select * from ${on}`) },
      steps: [step(`select * from ${on}`)],
      isKept: true,
      expected: own,
    },
    {
      command: "prepared by a statement",
      before: { as: "target", ...step(`prepare ${name} as select * from ${on}`) },
      steps: [step(`execute ${name}`)],
      after: `deallocate ${name}`,
      isKept: true,
      // Its PREPARE is refused already.
      expected: (speaker) =>
        speaker === "auth" ? { kind: "refused", codes: ["26000", "42501"] } : own(speaker),
    },
    {
      command: "savepoint",
      steps: [
        step("savepoint attack"),
        step(`set local app.organization_id = '${id}'`),
        step("rollback to attack"),
        step(`select * from ${on}`),
      ],
      isKept: true,
      expected: own,
    },
    {
      command: "set_config before",
      before: { as: "speaker", ...step("select set_config('app.organization_id', $1, true)", id) },
      steps: [step(`select * from ${on}`)],
      isKept: true,
      expected: own,
    },
    {
      command: "row_security off",
      steps: [step("set local row_security = off"), step(`select * from ${on}`)],
      isKept: true,
      expected: always(DENIED),
    },
  ];
}

/** The condition that finds the target's row by its key alone, or by the organization where that is the key. */
export function keyCondition(
  table: AttackTable,
  pair: Pair,
  first = 1,
): { text: string; parameters: string[] } {
  const row = findOnlyTheirs(pair, table);
  if (row === undefined) {
    return { text: `organization_id = $${first}::uuid`, parameters: [pair.target.id] };
  }
  return {
    text: table.key.map((column, place) => `"${column}"::text = $${first + place}`).join(" and "),
    parameters: table.key.map((column) => String(row[column])),
  };
}
