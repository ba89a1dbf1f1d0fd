import { type Attack, by, counted, DENIED, type Expectation, step } from "./attack.ts";
import {
  type AttackTable,
  type AttackWorld,
  findOnlyTheirs,
  foreignRow,
  ownRow,
  type Pair,
  type Reference,
  type Row,
} from "./attack-world.ts";
import { asJson, insertJson, may } from "./writes.ts";

const BROKEN: Expectation = { kind: "refused", codes: ["23503"] };

/** What keys and references could give away or carry across: existence, foreign parents, cascades. */
export function keys(table: AttackTable, pair: Pair, world: AttackWorld): Attack[] {
  return [
    ...oracles(table, pair),
    ...table.references.flatMap((reference) => plants(table, reference, pair, world)),
    ...cascades(table, pair, world),
  ];
}

/** One's own row with the target's values: a key without the organization would say that they are taken. */
function oracles(table: AttackTable, pair: Pair): Attack[] {
  const theirs = findOnlyTheirs(pair, table);
  if (theirs === undefined) return [];
  const row = { ...theirs, organization_id: pair.mine.id };
  const isOrphan = table.references.some(({ columns }) =>
    columns.every((name) => Reflect.get(row, name) !== null),
  );
  const own = may(table, "INSERT") ? (isOrphan ? BROKEN : counted(1)) : DENIED;
  return ["", " on conflict do nothing"].map((ending) => ({
    command: "existence oracle",
    steps: [step(insertJson(table) + ending, asJson(row))],
    isKept: false,
    expected: by(own, DENIED, DENIED),
  }));
}

/** One's own row that refers to a row which only the target has. */
function plants(table: AttackTable, reference: Reference, pair: Pair, world: AttackWorld): Attack[] {
  const parent = world.tables.find(({ name }) => name === reference.to);
  if (!parent) throw new Error(`${reference.name} refers to a table that is not tenant.${reference.to}`);
  const parentRow = foreignRow(pair, parent);
  const planted = Object.fromEntries(
    reference.columns.map((name, place) => [name, parentRow[reference.toColumns[place] ?? ""]]),
  );
  const given = { ...loosened(table, reference, pair), ...planted };
  const expected = (command: "INSERT" | "UPDATE") => (may(table, command) ? BROKEN : DENIED);
  const names = Object.keys(given);
  const row = ownRow(pair, table);
  const key = table.key.map((name, place) => ` and "${name}"::text = $${names.length + 2 + place}`).join("");
  const hidden = may(table, "UPDATE") ? counted(0) : DENIED;
  const update: Attack = {
    command: "foreign key planted by update",
    steps: [
      step(
        `update tenant.${table.name} set ${names.map((name, place) => `"${name}" = $${place + 2}::text::${table.types.get(name)}`).join(", ")} where organization_id = $1::uuid${key}`,
        pair.mine.id,
        ...names.map((name) => textOf(given[name])),
        ...table.key.map((name) => String(row[name])),
      ),
    ],
    isKept: true,
    expected: by(expected("UPDATE"), hidden, hidden),
  };
  if (table.key.length === 0) return [update];
  const fresh = { ...freshOwn(table, pair, world), ...given };
  const insert = step(insertJson(table), asJson(fresh));
  const isTaken = table.key.every((name) => fresh[name] === row[name]);
  const remove = step(`delete from tenant.${table.name} where organization_id = $1::uuid`, pair.mine.id);
  if (isTaken && !may(table, "DELETE")) return [update];
  return [
    {
      command: "foreign key planted by insert",
      steps: isTaken ? [remove, insert] : [insert],
      isKept: false,
      expected: by(expected("INSERT"), DENIED, DENIED),
    },
    update,
  ];
}

/** A parent of one's own under the target's id, made and removed: a cascade by id alone would take the target's children. */
function cascades(table: AttackTable, pair: Pair, world: AttackWorld): Attack[] {
  const isParent = world.tables.some(({ references }) => references.some(({ to }) => to === table.name));
  const theirs = findOnlyTheirs(pair, table);
  if (theirs === undefined || !isParent || !may(table, "INSERT") || !may(table, "DELETE")) return [];
  const key = Object.fromEntries(table.key.map((name) => [name, theirs[name]]));
  const row = { ...freshOwn(table, pair, world), ...key };
  const condition = table.key.map((name, place) => ` and "${name}"::text = $${place + 2}`).join("");
  return [
    {
      command: "cascade",
      steps: [
        step(insertJson(table), asJson(row)),
        step(
          `delete from tenant.${table.name} where organization_id = $1::uuid${condition}`,
          pair.mine.id,
          ...table.key.map((name) => String(theirs[name])),
        ),
      ],
      isKept: true,
      expected: by(counted(1), DENIED, DENIED),
    },
  ];
}

/** Null for the table's other references when its row lacks this one: some rows refer to exactly one of several things. */
function loosened(table: AttackTable, reference: Reference, pair: Pair): Row {
  const own = ownRow(pair, table);
  if (reference.columns.some((name) => own[name] !== null)) return {};
  const others = table.references.filter((one) => one !== reference).flatMap(({ columns }) => columns);
  return Object.fromEntries(others.filter((name) => table.nullable.has(name)).map((name) => [name, null]));
}

/** A row that nobody has, with the references of a row of one's own. */
function freshOwn(table: AttackTable, pair: Pair, world: AttackWorld): Row {
  const own = ownRow(pair, table);
  const referring = table.references.flatMap(({ columns }) => columns);
  return {
    ...world.fresh.get(table.name),
    ...Object.fromEntries(referring.map((name) => [name, own[name]])),
    organization_id: pair.mine.id,
  };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
