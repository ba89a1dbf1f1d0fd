/** A change with what is not given left out, so that it can be spread over what is. */
export type Given<Change> = { [Key in keyof Change]?: Exclude<Change[Key], undefined> };

/** Leaves out what is undefined. Guarantee of the cast: every value that stays is a value of its key, and none is undefined. */
export function onlyGiven<Change extends object>(change: Change): Given<Change> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Given<Change>;
}
