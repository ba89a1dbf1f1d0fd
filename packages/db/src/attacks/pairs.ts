import type { AttackWorld, Pair } from "./attack-world.ts";

/** Every two organizations of which one has rows that the other has not, with a third one that has not either. */
export function pairsOf({ organizations }: AttackWorld): Pair[] {
  return organizations.flatMap((mine, place) =>
    organizations.flatMap((target, other) => {
      const another = organizations.find(
        (one, third) => one !== mine && one !== target && third % 2 === place % 2,
      );
      return another !== undefined && place % 2 !== other % 2 ? [{ mine, target, another }] : [];
    }),
  );
}
