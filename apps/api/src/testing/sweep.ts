import { randomUUID } from "node:crypto";

/** One call's outcome as the caller sees it. */
export type Outcome = { status: number; body: unknown };

export type SweepSubject = {
  /** Makes fresh input out of one world's things; worlds are alike, so that inputs differ in ids only. */
  sample: (world: "own" | "foreign") => Promise<unknown>;
  /** Calls the procedure as a member of the own world. */
  call: (input: unknown) => Promise<Outcome>;
  /** Everything that the foreign world holds, as text. */
  foreignState: () => Promise<string>;
  /** Ids of the foreign world: none may come back. */
  foreignIds: readonly string[];
};

/**
 * Calls a procedure with each id of its input in turn replaced by the foreign world's and by a random one. Gives what
 * tells the two apart, what of the foreign world came back or changed; empty when the walls hold.
 */
export async function sweepProcedure(subject: SweepSubject): Promise<string[]> {
  const faults: string[] = [];
  const before = await subject.foreignState();
  const [own, foreign] = [await subject.sample("own"), await subject.sample("foreign")];
  const leaks = (outcome: Outcome, what: string) => {
    const text = JSON.stringify(outcome.body);
    const leaked = subject.foreignIds.filter((id) => text.includes(id));
    if (leaked.length > 0) faults.push(`${what} answers with the foreign world's ${leaked.join(", ")}`);
  };

  for (const path of idPaths(own, foreign)) {
    const name = path.join(".");
    const withForeign = await subject.call(put(await subject.sample("own"), path, get(foreign, path)));
    const withRandom = await subject.call(put(await subject.sample("own"), path, randomUUID()));
    leaks(withForeign, `a foreign ${name}`);
    const [one, other] = [normalize(withForeign), normalize(withRandom)];
    if (one !== other) faults.push(`a foreign ${name} gives ${one}, a random one ${other}`);
  }
  if (idPaths(own, foreign).length === 0) leaks(await subject.call(own), "the call");
  if ((await subject.foreignState()) !== before) faults.push("the foreign world's rows changed");
  return faults;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Paths to the ids in which two inputs differ. */
function idPaths(own: unknown, foreign: unknown, path: readonly string[] = []): string[][] {
  if (typeof own === "string") return UUID.test(own) && own !== foreign ? [[...path]] : [];
  if (typeof own !== "object" || own === null) return [];
  return Object.entries(own).flatMap(([key, value]) => idPaths(value, get(foreign, [key]), [...path, key]));
}

function get(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function put(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const parent = get(copy, path.slice(0, -1));
  if (typeof parent === "object" && parent !== null) Reflect.set(parent, path.at(-1) ?? "", replacement);
  return copy;
}

/** An outcome without what differs between any two calls: request ids, generated ids, instants and signatures. */
function normalize({ status, body }: Outcome): string {
  return `${status} ${JSON.stringify(body)}`
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<instant>");
}
