import { getTableColumns, sql } from "drizzle-orm";
import type { SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import * as utils from "drizzle-orm/utils";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assets, deviceStatus, playlists } from "../schema/index.ts";
import { rowMapper } from "./result-mapper.ts";

const columns = [
  ...Object.entries(getTableColumns(assets)),
  ...Object.entries(getTableColumns(playlists)),
  ...Object.entries(getTableColumns(deviceStatus)),
];
const extras = [sql<number>`count(*)`.mapWith(Number), sql`now()`, sql`lower(x)`.as("x")];

const field = fc.record({
  path: fc.oneof(
    fc.tuple(fc.constantFrom("id", "name", "a", "b")),
    fc.tuple(fc.constantFrom("asset", "list", "deep"), fc.constantFrom("id", "name", "a", "b")),
    fc.tuple(fc.constantFrom("deep"), fc.constantFrom("x"), fc.constantFrom("id", "y")),
  ),
  field: fc.oneof(fc.constantFrom(...columns.map(([, column]) => column)), fc.constantFrom(...extras)),
});
const cell = fc.oneof(
  fc.constant(null),
  fc.constant(null),
  fc.constant("12"),
  fc.constant("2026-11-20T10:00:00.000Z"),
);

/** Guarantee: drizzle-orm 0.45 exports it and marks it internal, so that its types leave it out. */
const mapResultRow = Reflect.get(utils, "mapResultRow") as (
  fields: SelectedFieldsOrdered,
  row: unknown[],
  joins: Record<string, boolean> | undefined,
) => unknown;

/** Drizzle never selects two things by one path, nor a value and a group of the same name. */
function withoutClashes(fields: SelectedFieldsOrdered): SelectedFieldsOrdered {
  const kept: SelectedFieldsOrdered = [];
  for (const one of fields) {
    const text = one.path.join(".");
    const clashes = kept.some(({ path }) => {
      const other = path.join(".");
      return other === text || other.startsWith(`${text}.`) || text.startsWith(`${other}.`);
    });
    if (!clashes) kept.push(one);
  }
  return kept;
}

/** Rows whose groups are wholly filled or wholly null: Drizzle judges a group by one column, we by all of them. */
function withWholeGroups(fields: SelectedFieldsOrdered, row: (string | null)[]): (string | null)[] {
  return row.map((cell, index) => {
    const [name] = fields[index]?.path ?? [];
    const isHalfFilled = fields.some(
      ({ path }, place) => path.length > 1 && path[0] === name && row[place] !== null,
    );
    return cell === null && isHalfFilled ? "12" : cell;
  });
}

test("a row becomes what Drizzle's own mapping makes of it, whatever is selected and joined", () => {
  const joins = fc.option(
    fc.record({ assets: fc.boolean(), playlists: fc.boolean(), device_status: fc.boolean() }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(
      fc.array(field, { minLength: 1, maxLength: 8 }),
      joins,
      fc.infiniteStream(cell),
      (picked, joined, cells) => {
        const fields = withoutClashes(picked);
        const row = withWholeGroups(
          fields,
          fields.map(() => cells.next().value ?? null),
        );
        expect(rowMapper(fields, joined)(row)).toEqual(mapResultRow(fields, row, joined));
      },
    ),
    { numRuns: 2000 },
  );
});

test("a joined row whose first column is null is still a row", () => {
  const fields: SelectedFieldsOrdered = [
    { path: ["asset", "url"], field: assets.url },
    { path: ["asset", "name"], field: assets.name },
  ];
  expect(rowMapper(fields, { assets: false })([null, "Menu"])).toEqual({
    asset: { url: null, name: "Menu" },
  });
  expect(rowMapper(fields, { assets: false })([null, null])).toEqual({ asset: null });
});
