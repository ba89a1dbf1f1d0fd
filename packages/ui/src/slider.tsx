import { Slider as Base } from "@base-ui/react/slider";

/** A position along something; `describe` says it in words to those who hear it. */
export function Slider({
  value,
  max,
  step,
  onChange,
  onCommit,
  label,
  describe,
}: {
  value: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  /** Where it was let go. */
  onCommit?: (value: number) => void;
  label: string;
  describe: (value: number) => string;
}) {
  return (
    <Base.Root
      value={value}
      min={0}
      max={max}
      step={step}
      largeStep={step * 10}
      thumbAlignment="edge"
      onValueChange={(next) => onChange(oneOf(next))}
      {...(onCommit ? { onValueCommitted: (next: number | readonly number[]) => onCommit(oneOf(next)) } : {})}
      className="w-full"
    >
      <Base.Control className="flex h-6 w-full touch-none select-none items-center">
        <Base.Track className="h-1 w-full rounded-full bg-border">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            aria-label={label}
            getAriaValueText={(_text, current) => describe(current)}
            className="size-4 rounded-full border-2 border-accent bg-raised has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent-text has-[:focus-visible]:outline-offset-2"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}

function oneOf(value: number | readonly number[]): number {
  return typeof value === "number" ? value : (value[0] ?? 0);
}
