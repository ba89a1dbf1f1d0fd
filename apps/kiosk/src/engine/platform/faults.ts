/** Something that is wrong, as the server, the dashboard and the local page hear it. */
export interface Fault {
  kind: string;
  text: string;
}

/** What is wrong with this screen now. */
export interface Faults {
  /** Says or replaces the fault of this kind and subject. */
  raise(kind: string, text: string, subject?: string): void;
  clear(kind: string, subject?: string): void;
  /** Forgets every fault. */
  clearAll(): void;
  /** At most 20, newest first; one line a kind, the newest of its subjects. */
  list(): Fault[];
}

/** A kind of fault began, or the last fault of a kind ended. */
export type FaultChange = { kind: "fault" | "fault_over"; fault: Fault };

/**
 * Keeps the faults in memory. `onChange` is called when the list says something new; with what began or ended,
 * unless only the text of a kind that was there is another one.
 */
export function createFaults(onChange: (change: FaultChange | undefined) => void): Faults {
  const byKey = new Map<string, Fault>();
  const keyOf = (kind: string, subject = "") => `${kind}\n${subject}`;
  const isThere = (kind: string) => [...byKey.values()].some((fault) => fault.kind === kind);
  const remove = (key: string) => {
    const fault = byKey.get(key);
    if (!fault) return;
    byKey.delete(key);
    onChange(isThere(fault.kind) ? undefined : { kind: "fault_over", fault });
  };
  return {
    raise(kind, text, subject) {
      const key = keyOf(kind, subject);
      const fault = { kind: kind.slice(0, 60), text: text.slice(0, 500) };
      if (byKey.get(key)?.text === fault.text) return;
      const isNew = !isThere(fault.kind);
      byKey.delete(key);
      byKey.set(key, fault);
      onChange(isNew ? { kind: "fault", fault } : undefined);
    },
    clear: (kind, subject) => remove(keyOf(kind, subject)),
    clearAll() {
      for (const key of [...byKey.keys()]) remove(key);
    },
    list() {
      const newest = new Map<string, Fault>();
      for (const fault of [...byKey.values()].reverse()) {
        if (!newest.has(fault.kind)) newest.set(fault.kind, fault);
      }
      return [...newest.values()].slice(0, 20);
    },
  };
}
