import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { type KeyboardEvent, useState } from "react";

/** A fraction, typed in percent. What cannot be read is forgotten; arrow keys go by one, with Shift by five. */
export function PercentField({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: number;
  error?: string | undefined;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = String(Math.round(value * 10_000) / 100);
  const commit = () => {
    const read = typed === null ? Number.NaN : Number(typed.trim().replace("%", "").replace(",", "."));
    setTyped(null);
    if (typed?.trim() && Number.isFinite(read)) onChange(read / 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setTyped(null);
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setTyped(null);
    onChange(value + (step * (event.shiftKey ? 5 : 1)) / 100);
  };
  return (
    <Field label={label} error={error}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            value={typed ?? shown}
            inputMode="decimal"
            autoComplete="off"
            className="tabular pe-7"
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 end-2.5 grid place-items-center text-muted"
          >
            %
          </span>
        </div>
      )}
    </Field>
  );
}
