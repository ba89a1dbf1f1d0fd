import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { cn } from "./cn.ts";

/** A box to tick; `isMixed` when only some of what it stands for is chosen. */
export function Checkbox({
  isChecked,
  isMixed = false,
  isDisabled = false,
  onChange,
  label,
  id,
  className,
}: {
  isChecked: boolean;
  isMixed?: boolean;
  isDisabled?: boolean;
  onChange: (isChecked: boolean, isShift: boolean) => void;
  /** The accessible name; leave out only where a visible label is bound by `id`. */
  label?: string;
  id?: string;
  className?: string;
}) {
  return (
    <Base.Root
      {...(id ? { id } : {})}
      checked={isChecked}
      indeterminate={isMixed}
      disabled={isDisabled}
      aria-label={label}
      onCheckedChange={(next, details) => onChange(next, heldShift(details.event))}
      className={cn(
        "relative grid size-5 shrink-0 place-items-center rounded-sm border border-control bg-raised transition-colors after:absolute after:-inset-2 hover:border-text/60 data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent",
        className,
      )}
    >
      <Base.Indicator className="text-on-accent">
        {isMixed ? <Minus aria-hidden className="size-3.5" /> : <Check aria-hidden className="size-3.5" />}
      </Base.Indicator>
    </Base.Root>
  );
}

function heldShift(event: Event): boolean {
  return "shiftKey" in event && event.shiftKey === true;
}
