import { QUEUES } from "../jobs/queues.ts";
import { type Attack, always, by, counted, DENIED, type Expectation, step, valued } from "./attack.ts";
import {
  type AttackedOrganization,
  type AttackRoutine,
  type AttackTable,
  type AttackWorld,
  foreignRow,
  type Pair,
  type Row,
} from "./attack-world.ts";
import { asJson, insertJson } from "./writes.ts";

const OWN: Expectation = { kind: "anything own" };

/** Functions that change nothing when they are called with what belongs to another organization. */
const HARMLESS = /^(search|find|list|count|like|current|required|record|release)_/;

/** What `count_use` counts, by the table whose rows it counts. */
const COUNTED = {
  screens: "devices",
  people: "memberships",
  assets: "assets",
  layouts: "layouts",
  groups: "device_groups",
  dayparts: "dayparts",
  entries: "schedule_entries",
  businesses: "businesses",
};

/** What is found by its tags too, and where these are. */
const TAGGED = [
  { search: "search_assets", table: "assets", tags: "asset_tags", column: "asset_id" },
  { search: "search_devices", table: "devices", tags: "device_tags", column: "device_id" },
];

/** Every function of `app`, and those of `auth` that are told an organization or a secret, called with what is another's. */
export function routineAttacks(world: AttackWorld, pair: Pair): Attack[] {
  const calls = world.routines.flatMap((routine) => {
    if (routine.name === "count_use") return countsOfUse(routine, pair);
    if (routine.name === "find_host") return hostsOf(routine, pair);
    if (routine.schema === "app") return appCalls(routine, pair);
    if (routine.argumentNames.some(isOrganization)) return authCalls(routine, pair);
    return routine.types.includes("text") && !routine.types.includes("uuid")
      ? secretCalls(routine, pair)
      : [];
  });
  return [...calls, ...searchesOfTwins(world, pair)];
}

/** How much one has of each thing is what one has, however much others have. */
function countsOfUse(routine: AttackRoutine, { mine }: Pair): Attack[] {
  const rowsOf = (table: string) => mine.rows.get(table) ?? [];
  const bytes = rowsOf("assets").reduce((sum, row) => sum + Number(row.size_bytes), 0);
  const uses: [string, number][] = Object.entries(COUNTED).map(([thing, table]) => [
    thing,
    rowsOf(table).length,
  ]);
  return [...uses, ["storage", bytes] as const].map(([thing, use]) => {
    const own = valued(String(use));
    return call(routine, by(own, own, DENIED), () => thing);
  });
}

/** An address means the organization whose it is. */
function hostsOf({ schema, name }: AttackRoutine, { mine, target }: Pair): Attack[] {
  return [mine, target].flatMap(({ id, marks }) =>
    marks.slice(1, 3).map(
      (address): Attack => ({
        command: `${schema} function`,
        steps: [
          step(
            `select (organization_id = $2::uuid)::text as value from ${schema}.${name}($1, $1)`,
            address,
            id,
          ),
        ],
        isKept: HARMLESS.test(name),
        expected: (speaker) => (speaker === "auth" ? valued("true") : DENIED),
      }),
    ),
  );
}

/**
 * What is not of their business is not found by its tags by a limited member, though the target gives what has the same
 * id to a business of the same id. The attacker speaks for both.
 */
function searchesOfTwins(world: AttackWorld, pair: Pair): Attack[] {
  const onlyMine = (table: AttackTable) =>
    foreignRow({ ...pair, mine: pair.target, target: pair.mine }, table);
  const twinOf = (table: AttackTable, row: Row) =>
    step(insertJson(table), asJson({ ...row, organization_id: pair.target.id }));
  const businesses = tableOf(world, "businesses");
  const business = onlyMine(businesses);
  return TAGGED.flatMap(({ search, table: name, tags, column }) => {
    const table = tableOf(world, name);
    const row = onlyMine(table);
    const tag = String(pair.mine.rows.get(tags)?.find((one) => one[column] === row.id)?.tag);
    const bound = { ...row, business_id: business.id, blob_sha256: null, playlist_id: null };
    return [tag, tag.slice(0, 2)].map((text): Attack => {
      return {
        command: "app function",
        steps: [
          step("savepoint twin"),
          step(`set local app.organization_id = '${pair.target.id}'`),
          twinOf(businesses, business),
          twinOf(table, bound),
          step(`set local app.organization_id = '${pair.mine.id}'`),
          step(`set local app.businesses = '{${business.id}}'`),
          step(`select * from app.${search}($1) as value`, text),
          step("rollback to twin"),
        ],
        counted: 6,
        isKept: false,
        expected: always(counted(0)),
      };
    });
  });
}

function tableOf({ tables }: AttackWorld, name: string): AttackTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`There is no tenant.${name}`);
  return found;
}

function appCalls(routine: AttackRoutine, pair: Pair): Attack[] {
  const ids = onlyIn(pair.target, pair.mine, idsOf);
  const texts = [
    ...onlyIn(pair.target, pair.mine, textsOf),
    ...pair.target.marks,
    `user-${pair.target.id}`,
    `waiting-${pair.target.id}`,
    ...Object.keys(QUEUES).slice(0, 1),
    "%",
    "",
  ];
  const isAnybodys = routine.callers === "everybody";
  const expected: Attack["expected"] = (speaker) => {
    if (isAnybodys || routine.name === "current_organization") return OWN;
    if (speaker === "auth") return DENIED;
    return speaker === "nobody" ? { kind: "nothing", isVoidFine: false } : OWN;
  };
  const rounds = Math.max(
    routine.types.some((type) => type.startsWith("uuid")) ? ids.length : 1,
    routine.types.includes("text") ? texts.length : 1,
  );
  const sides = routine.types.includes("boolean") ? 2 : 1;
  return Array.from({ length: rounds * sides }, (_, turn) => {
    const round = Math.floor(turn / sides);
    return call(routine, expected, (type) => {
      const id = ids[round % ids.length] ?? pair.target.id;
      if (type === "uuid") return id;
      if (type === "uuid[]") return `{${id}}`;
      if (type === "boolean") return String(turn % sides);
      if (type === "text") return texts[round % texts.length] ?? "";
      return plainValue(type, pair);
    });
  });
}

/** An organization with the ids of another one: such a pair names nothing. */
function authCalls(routine: AttackRoutine, pair: Pair): Attack[] {
  const expected: Attack["expected"] = (speaker) =>
    speaker === "auth" ? { kind: "nothing", isVoidFine: true } : DENIED;
  const hasOther = routine.argumentNames.some(
    (name, place) => !isOrganization(name) && routine.types[place]?.startsWith("uuid"),
  );
  const mixtures = [
    ...(hasOther ? [{ organization: pair.mine, ids: onlyIn(pair.target, pair.mine, idsOf) }] : []),
    { organization: pair.target, ids: onlyIn(pair.mine, pair.target, idsOf) },
  ];
  return mixtures.flatMap(({ organization, ids }) =>
    ids.map((id) =>
      call(routine, expected, (type, name) => {
        const uuid = isOrganization(name) ? organization.id : id;
        if (type === "uuid") return uuid;
        if (type === "uuid[]") return `{${uuid}}`;
        return type === "text" ? `session-${pair.mine.id}` : plainValue(type, pair);
      }),
    ),
  );
}

/** What a secret of one's own opens says nothing of another organization. */
function secretCalls(routine: AttackRoutine, pair: Pair): Attack[] {
  const expected: Attack["expected"] = (speaker) => (speaker === "auth" ? OWN : DENIED);
  return [
    call(routine, expected, (type) => (type === "text" ? `session-${pair.mine.id}` : plainValue(type, pair))),
  ];
}

function isOrganization(name: string): boolean {
  return name.includes("organization_id");
}

function call(
  { schema, name, types, argumentNames }: AttackRoutine,
  expected: Attack["expected"],
  valueFor: (type: string, name: string) => string,
): Attack {
  const list = types.map((type, place) => `$${place + 1}::text::${type}`).join(", ");
  return {
    command: `${schema} function`,
    steps: [
      step(
        `select * from ${schema}.${name}(${list}) as value`,
        ...types.map((type, place) => valueFor(type, argumentNames[place] ?? "")),
      ),
    ],
    isKept: HARMLESS.test(name),
    expected,
  };
}

function plainValue(type: string, pair: Pair): string {
  if (type === "jsonb") return JSON.stringify({ organizationId: pair.target.id });
  if (type === "timestamp with time zone") return "2026-11-20T00:00:00Z";
  if (type.endsWith("[]")) return type.startsWith("timestamp") ? "{2099-11-20T00:00:00Z}" : "{}";
  if (type === "bytea") return "\\xffff";
  return "1";
}

function onlyIn(
  one: AttackedOrganization,
  other: AttackedOrganization,
  valuesOf: (organization: AttackedOrganization) => string[],
): string[] {
  const others = new Set(valuesOf(other));
  return [...new Set(valuesOf(one))].filter((value) => !others.has(value));
}

function idsOf({ rows }: AttackedOrganization): string[] {
  return [...rows.values()].flat().flatMap(({ id }) => (typeof id === "string" ? [id] : []));
}

/** Names and tags: what people search by. */
function textsOf({ rows }: AttackedOrganization): string[] {
  return [...rows.values()]
    .flat()
    .flatMap(({ name, tag }) => [name, tag].flatMap((one) => (typeof one === "string" ? [one] : [])));
}
