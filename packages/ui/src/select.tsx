import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import type { FieldControl } from "./field.tsx";
import { controlClass } from "./input.tsx";

export type Option<Value extends string> = {
  value: Value;
  label: string;
  /** What choosing it means, where its name does not say that. */
  hint?: string;
  icon?: ReactNode;
};

/** One choice of a short list. Give either the control of a Field or an aria-label. */
export function Select<Value extends string>({
  options,
  value,
  onChange,
  control,
  label,
  isDisabled = false,
  className,
}: {
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  control?: FieldControl;
  label?: string;
  isDisabled?: boolean;
  className?: string;
}) {
  return (
    <Base.Root
      items={options}
      value={value}
      disabled={isDisabled}
      modal={false}
      onValueChange={(next) => (next === null ? undefined : onChange(next))}
    >
      <Base.Trigger
        {...control}
        {...(label ? { "aria-label": label } : {})}
        className={cn(
          controlClass,
          "flex cursor-default items-center justify-between gap-2 text-start data-popup-open:border-accent-text",
          className,
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon className="text-muted">
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) max-w-[min(24rem,90vw)] overflow-y-auto rounded-lg border bg-raised p-1 shadow-lift outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="grid min-h-8 cursor-default grid-cols-[1fr_auto] items-center gap-3 rounded-md px-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-10"
              >
                <span className="flex min-w-0 items-center gap-2 [&_svg]:size-4 [&_svg]:text-muted">
                  {option.icon}
                  {option.hint ? (
                    <span className="grid min-w-0 gap-0.5 py-1.5">
                      <Base.ItemText className="truncate font-medium">{option.label}</Base.ItemText>
                      <span className="text-muted text-sm">{option.hint}</span>
                    </span>
                  ) : (
                    <Base.ItemText className="truncate">{option.label}</Base.ItemText>
                  )}
                </span>
                <Base.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent-text" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
