import { APP_GRANTS, type Command } from "../access/grants.ts";
import { type Attack, always, by, counted, DENIED, type Expectation, step } from "./attack.ts";
import { type AttackTable, foreignRow, ownRow, type Pair, type Row } from "./attack-world.ts";
import { keyCondition } from "./reads.ts";

/** Every way of changing the target's rows, of adding to them and of giving one's own to it. */
export function writes(table: AttackTable, pair: Pair): Attack[] {
  return [...inserts(table, pair), ...updates(table, pair), ...deletes(table, pair)];
}

/** Whether the serving role holds the right, as `access/grants.ts` lists it. */
export function may(table: AttackTable, command: Command): boolean {
  return APP_GRANTS[table.name]?.includes(command) === true;
}

/** An insert of one row given as JSON in the parameter `place`. */
export function insertJson(table: AttackTable, place = 1): string {
  const names = table.columns.map((name) => `"${name}"`).join(", ");
  const on = `tenant.${table.name}`;
  return `insert into ${on} (${names}) select ${names} from jsonb_populate_record(null::${on}, $${place}::text::jsonb)`;
}

export function asJson(row: Row): string {
  return JSON.stringify(row);
}

function inserts(table: AttackTable, pair: Pair): Attack[] {
  const on = `tenant.${table.name}`;
  const names = table.columns.map((name) => `"${name}"`);
  const others = names.filter((name) => name !== '"organization_id"');
  const list = ["organization_id", ...others].join(", ");
  const planted = ["$1::uuid", ...others].join(", ");
  const { id } = pair.target;
  const theirs = asJson(foreignRow(pair, table));
  const noneToCopy: Expectation = may(table, "INSERT") ? counted(0) : DENIED;
  const denied = (command: string, text: string, ...parameters: string[]): Attack => ({
    command,
    steps: [step(text, ...parameters)],
    isKept: true,
    expected: always(DENIED),
  });
  const copy = `insert into ${on} (${list}) select ${planted} from ${on}`;
  const key = ["organization_id", ...table.key].map((name) => `"${name}"`).join(", ");
  const hasGivenKey = table.key.every((name) => table.columns.includes(name));
  const source = `(select * from jsonb_populate_record(null::${on}, $1::text::jsonb)) s`;
  return [
    { ...denied("insert", copy, id), expected: by(DENIED, DENIED, noneToCopy) },
    denied("insert", insertJson(table), theirs),
    denied("insert returning", `${insertJson(table)} returning *`, theirs),
    {
      ...denied("insert from theirs", `${copy} where organization_id = $2::uuid`, pair.mine.id, id),
      expected: always(noneToCopy),
    },
    denied("on conflict do nothing", `${insertJson(table)} on conflict do nothing`, theirs),
    denied(
      "on conflict do update",
      `${insertJson(table)} on conflict (${key}) do update set organization_id = excluded.organization_id`,
      theirs,
    ),
    ...(hasGivenKey
      ? [
          denied(
            "on conflict do update",
            `${insertJson(table)} on conflict (${key}) do update set organization_id = $2::uuid`,
            asJson(ownRow(pair, table)),
            id,
          ),
        ]
      : []),
    denied(
      "merge insert",
      `merge into ${on} t using ${source} on false when not matched then insert (${names.join(", ")}) values (${names.map((name) => `s.${name}`).join(", ")})`,
      theirs,
    ),
  ];
}

function updates(table: AttackTable, pair: Pair): Attack[] {
  const on = `tenant.${table.name}`;
  const { id } = pair.target;
  const key = keyCondition(table, pair);
  const size = counted(pair.mine.rows.get(table.name)?.length ?? 0);
  const allowed = (expected: Attack["expected"]) => (may(table, "UPDATE") ? expected : always(DENIED));
  const none = allowed(always(counted(0)));
  const touch = "set organization_id = organization_id";
  const one = (
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
  return [
    { ...one("update", allowed(by(size, size, counted(0))), `update ${on} ${touch}`), isKept: false },
    one("update", none, `update ${on} ${touch} where organization_id = $1::uuid`, id),
    one("update by key", none, `update ${on} ${touch} where ${key.text}`, ...key.parameters),
    one("update returning", none, `update ${on} ${touch} where organization_id = $1::uuid returning *`, id),
    one(
      "update from",
      none,
      `update ${on} t set organization_id = t.organization_id from ${on} s where s.organization_id <> t.organization_id`,
    ),
    one(
      "organization rewritten",
      allowed(by(DENIED, DENIED, counted(0))),
      `update ${on} set organization_id = $1::uuid`,
      id,
    ),
    one(
      "merge update",
      none,
      `merge into ${on} t using (select $1::uuid as theirs) s on t.organization_id = s.theirs when matched then update set organization_id = t.organization_id`,
      id,
    ),
  ];
}

function deletes(table: AttackTable, pair: Pair): Attack[] {
  const on = `tenant.${table.name}`;
  const { id } = pair.target;
  const key = keyCondition(table, pair);
  const none = always(may(table, "DELETE") ? counted(0) : DENIED);
  const one = (command: string, text: string, ...parameters: string[]): Attack => ({
    command,
    steps: [step(text, ...parameters)],
    isKept: true,
    expected: none,
  });
  return [
    one("delete", `delete from ${on} where organization_id = $1::uuid`, id),
    one("delete by key", `delete from ${on} where ${key.text}`, ...key.parameters),
    one("delete returning", `delete from ${on} where organization_id = $1::uuid returning *`, id),
    one("delete using", `delete from ${on} t using ${on} s where s.organization_id <> t.organization_id`),
    one(
      "merge delete",
      `merge into ${on} t using (select $1::uuid as theirs) s on t.organization_id = s.theirs when matched then delete`,
      id,
    ),
  ];
}
