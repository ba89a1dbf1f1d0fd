import { QUEUES } from "../jobs/queues.ts";
import { type Attack, type Expectation, step } from "./attack.ts";
import type { AttackedOrganization, AttackRoutine, AttackWorld, Pair } from "./attack-world.ts";

const NO_RIGHT: Expectation = { kind: "refused", codes: ["42501"] };
const OWN: Expectation = { kind: "anything own" };

/** Functions that change nothing when they are called with what belongs to another organization. */
const HARMLESS = /^(search|find|list|count|like|current|required|record)_/;

/** Every function of `app`, and those of `auth` that are told an organization or a secret, called with what is another's. */
export function routineAttacks(world: AttackWorld, pair: Pair): Attack[] {
  return world.routines.flatMap((routine) => {
    if (routine.schema === "app") return appCalls(routine, pair);
    if (routine.argumentNames.some(isOrganization)) return authCalls(routine, pair);
    return routine.types.includes("text") && !routine.types.includes("uuid")
      ? secretCalls(routine, pair)
      : [];
  });
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
    if (speaker === "auth") return NO_RIGHT;
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
    speaker === "auth" ? { kind: "nothing", isVoidFine: true } : NO_RIGHT;
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
  const expected: Attack["expected"] = (speaker) => (speaker === "auth" ? OWN : NO_RIGHT);
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
