/** One change of the live database that breaks a wall. */
export interface GeneratedMutant {
  /** What kind of change, by which mutants are counted. */
  kind: string;
  /** What it is made on. */
  object: string;
  sql: string;
  /** The tables to attack, and the functions by their name; none where only the catalogue can tell. */
  attacked: readonly string[];
}
