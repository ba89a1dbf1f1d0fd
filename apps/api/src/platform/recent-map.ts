/**
 * A map that forgets: it holds the `least` keys that were set last, and fewer than twice as many. Forgetting takes half
 * of them at once, since a map that loses its oldest key at every new one looks past all that it has lost, each time.
 */
export class RecentMap<Value> {
  readonly #least: number;
  #recent = new Map<string, Value>();
  #older = new Map<string, Value>();

  constructor(least: number) {
    this.#least = least;
  }

  get(key: string): Value | undefined {
    return this.#recent.get(key) ?? this.#older.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#recent.size >= this.#least && !this.#recent.has(key)) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }

  delete(key: string): void {
    this.#recent.delete(key);
    this.#older.delete(key);
  }

  /** Deletes those of whose value this holds. */
  deleteWhere(holds: (value: Value) => boolean): void {
    for (const key of new Set([...this.#recent.keys(), ...this.#older.keys()])) {
      const value = this.get(key);
      if (value !== undefined && holds(value)) this.delete(key);
    }
  }

  clear(): void {
    this.#recent.clear();
    this.#older.clear();
  }
}
