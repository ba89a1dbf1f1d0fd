import type { ReactNode } from "react";

/** A fact by its name; null: the machine does not tell it. */
export type Fact = { name: string; value: ReactNode | null };

/** Names and values below each other; what is not told is left to `NotTold`. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  const told = facts.filter(({ value }) => value !== null);
  if (told.length === 0) return null;
  return (
    <dl className="tabular grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5">
      {told.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
