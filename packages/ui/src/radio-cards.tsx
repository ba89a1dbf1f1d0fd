import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { type ReactNode, useId } from "react";

/** One of a few choices that need a word of explanation each; all of them are in sight. */
export function RadioCards<Value extends string>({
  label,
  value,
  onChange,
  options,
}: {
  /** The accessible name of the group. */
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; hint?: ReactNode; icon?: ReactNode }[];
}) {
  const id = useId();
  return (
    <RadioGroup aria-label={label} value={value} onValueChange={onChange} className="grid gap-2">
      {options.map((option) => (
        <label
          key={option.value}
          htmlFor={`${id}-${option.value}`}
          className="flex min-w-0 cursor-pointer items-start gap-2.5 rounded-lg border p-2.5 transition-colors hover:bg-hover has-data-checked:border-accent has-data-checked:bg-accent-soft"
        >
          <Radio.Root
            id={`${id}-${option.value}`}
            value={option.value}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-control bg-raised data-checked:border-accent"
          >
            <Radio.Indicator className="size-2 rounded-full bg-accent" />
          </Radio.Root>
          <span className="grid min-w-0 gap-0.5">
            <span className="flex items-center gap-1.5 font-medium [&_svg]:size-4 [&_svg]:shrink-0">
              {option.icon}
              {option.label}
            </span>
            {option.hint ? (
              <span id={`${id}-${option.value}-hint`} className="text-muted text-sm">
                {option.hint}
              </span>
            ) : null}
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
