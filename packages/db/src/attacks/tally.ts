/** How often something was tried, refused by the server, and not as the model says. */
export interface Count {
  operations: number;
  refused: number;
  leaks: number;
}

/** One outcome that is not as the model says. */
export interface Leak {
  /** A table, a function's schema, or the server. */
  object: string;
  command: string;
  context: string;
  fault: string;
}

/** Counts what was truly executed, by command and by context; of the leaks the first hundred are kept. */
export class Tally {
  readonly commands = new Map<string, Count>();
  readonly contexts = new Map<string, Count>();
  /** What was attacked, by which command, in which context: each once. */
  readonly cells = new Set<string>();
  readonly total: Count = { operations: 0, refused: 0, leaks: 0 };
  readonly leaks: Leak[] = [];

  note(
    object: string,
    command: string,
    context: string,
    isRefused: boolean,
    fault: string | undefined,
  ): void {
    this.cells.add(`${object}, ${command}, ${context}`);
    for (const count of [this.total, at(this.commands, command), at(this.contexts, context)]) {
      count.operations += 1;
      if (isRefused) count.refused += 1;
      if (fault !== undefined) count.leaks += 1;
    }
    if (fault !== undefined) this.#keep({ object, command, context, fault });
  }

  /** Rows that changed over a round, though no outcome said so. */
  noteChange(object: string, context: string): void {
    this.total.leaks += 1;
    this.#keep({ object, command: "checksum", context, fault: "its rows changed" });
  }

  #keep(leak: Leak): void {
    if (this.leaks.length < 100) this.leaks.push(leak);
  }
}

function at(counts: Map<string, Count>, key: string): Count {
  const found = counts.get(key) ?? { operations: 0, refused: 0, leaks: 0 };
  counts.set(key, found);
  return found;
}

/** A table of counts as lines of text. */
export function linesOf(title: string, counts: ReadonlyMap<string, Count>): string[] {
  const line = (name: string, ...cells: (string | number)[]) =>
    name.padEnd(44) + cells.map((cell) => String(cell).padStart(12)).join("");
  return [
    line(title, "operations", "refused", "leaks"),
    ...[...counts].map(([name, { operations, refused, leaks }]) => line(name, operations, refused, leaks)),
  ];
}
