import type { AttackWorld } from "./attack-world.ts";

/**
 * One query that gives, for each organization and table, a hash of all its rows as `key` and `sum`, and one of each
 * table of no organization; of one organization alone when it is named. As a role that sees everything.
 */
export function fingerprintQuery(
  { tables, systemTables }: Pick<AttackWorld, "tables" | "systemTables">,
  organizationId?: string,
): string {
  const only = organizationId === undefined ? "" : ` where organization_id = '${organizationId}'`;
  const sums = tables.map(
    ({ name }) =>
      `select '${name} ' || organization_id as key, md5(string_agg(t::text, '|' order by t::text)) as sum from tenant.${name} t${only} group by organization_id`,
  );
  const system = systemTables
    .filter(({ namesOrganization }) => namesOrganization || organizationId === undefined)
    .map(
      ({ name }) =>
        `select '${name}', md5(string_agg(t::text, '|' order by t::text)) from system.${name} t${only}`,
    );
  return [...sums, ...system].join(" union all ");
}

/** What a fingerprint query gave, by key. */
export type Fingerprints = ReadonlyMap<string, string>;

export function asFingerprints(rows: readonly unknown[]): Fingerprints {
  return new Map(
    rows.map((row) => {
      const { key, sum } = Object(row);
      return [String(key), String(sum)];
    }),
  );
}

/** The keys under which two states differ. */
export function changedKeys(before: Fingerprints, after: Fingerprints): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key));
}
