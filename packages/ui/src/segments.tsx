import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

/** One choice of a few, all of them in sight; arrows move between them. With `value` null none is made yet. */
export function Segments<Value extends string>({
  options,
  value,
  onChange,
  label,
  describedBy,
  isInvalid = false,
  className,
}: {
  options: readonly { value: Value; label: ReactNode }[];
  value: Value | null;
  onChange: (value: Value) => void;
  label: string;
  describedBy?: string | undefined;
  isInvalid?: boolean;
  className?: string;
}) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={isInvalid || undefined}
      className={cn(
        "inline-flex max-w-full flex-wrap gap-0.5 rounded-md border border-control/50 bg-sunken p-0.5",
        isInvalid && "border-danger",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "relative inline-flex h-6.5 cursor-pointer items-center justify-center gap-1.5 rounded-sm px-2.5 font-medium text-muted text-sm transition-colors hover:text-text has-checked:bg-raised has-checked:text-text has-checked:shadow-[0_0_0_1px_var(--color-border)] has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent-text pointer-coarse:h-9 [&_svg]:size-4",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
