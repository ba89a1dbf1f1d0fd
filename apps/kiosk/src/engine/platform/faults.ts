/** What is wrong with this screen now, as the server and the dashboard hear it. */
export interface Faults {
  /** Says or replaces the fault of this kind and subject. */
  raise(kind: string, text: string, subject?: string): void;
  clear(kind: string, subject?: string): void;
  /** At most 20, newest first; one line a kind, the newest of its subjects. */
  list(): { kind: string; text: string }[];
}

/** Keeps the faults in memory; `onChange` is called when the list says something new. */
export function createFaults(onChange: () => void): Faults {
  const byKey = new Map<string, { kind: string; text: string }>();
  const keyOf = (kind: string, subject = "") => `${kind}\n${subject}`;
  return {
    raise(kind, text, subject) {
      const key = keyOf(kind, subject);
      if (byKey.get(key)?.text === text) return;
      byKey.delete(key);
      byKey.set(key, { kind: kind.slice(0, 60), text: text.slice(0, 500) });
      onChange();
    },
    clear(kind, subject) {
      if (byKey.delete(keyOf(kind, subject))) onChange();
    },
    list() {
      const newest = new Map<string, { kind: string; text: string }>();
      for (const fault of [...byKey.values()].reverse()) {
        if (!newest.has(fault.kind)) newest.set(fault.kind, fault);
      }
      return [...newest.values()].slice(0, 20);
    },
  };
}
