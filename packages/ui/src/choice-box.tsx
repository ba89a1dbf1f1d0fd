import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import type { FieldControl } from "./field.tsx";
import { controlClass } from "./input.tsx";

/** One of the things to choose from; `detail` tells apart what has the same name. */
export type Choice = { value: string; label: string; detail?: string; icon?: ReactNode };

/**
 * One choice of many things with names, found by typing. With `onQuery` the caller narrows the choices, else they
 * are narrowed here. With `value` null nothing is chosen, and each choice is told at once: a box to add from.
 */
export function ChoiceBox({
  choices,
  value,
  onChange,
  onQuery,
  control,
  label,
  placeholder,
  emptyText,
  openLabel,
  icon,
  isOpenAtFirst = false,
  className,
}: {
  choices: readonly Choice[];
  value: Choice | null;
  onChange: (choice: Choice) => void;
  onQuery?: (query: string) => void;
  control?: FieldControl;
  label?: string;
  placeholder?: string;
  emptyText: string;
  openLabel: string;
  /** Before the text. */
  icon?: ReactNode;
  /** Takes the focus and opens as soon as it is there, where a press on something lighter brought it. */
  isOpenAtFirst?: boolean;
  className?: string;
}) {
  return (
    <Base.Root
      items={choices}
      defaultOpen={isOpenAtFirst}
      value={value}
      isItemEqualToValue={(one, other) => one.value === other.value}
      onValueChange={(next) => (next === null ? undefined : onChange(next))}
      {...(onQuery
        ? {
            filter: null,
            onInputValueChange: (text: string, { reason }: { reason: string }) =>
              onQuery(reason === "input-change" ? text : ""),
          }
        : {})}
      autoHighlight
    >
      <Base.InputGroup className={cn("relative [&>svg]:size-4", className)}>
        {icon}
        <Base.Input
          {...control}
          {...(label ? { "aria-label": label } : {})}
          placeholder={placeholder}
          autoFocus={isOpenAtFirst}
          onFocus={(event) => event.target.select()}
          className={cn(controlClass, "pe-8", icon ? "ps-8" : "")}
        />
        <Base.Trigger
          aria-label={openLabel}
          className="absolute inset-y-0 end-0 grid w-8 place-items-center text-muted"
        >
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="w-max min-w-(--anchor-width) max-w-[min(26rem,92vw)] rounded-lg border bg-raised shadow-lift transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.Empty>
              <p className="p-3 text-muted">{emptyText}</p>
            </Base.Empty>
            <Base.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto p-1 outline-none data-empty:p-0">
              {(choice: Choice) => (
                <Base.Item
                  key={choice.value}
                  value={choice}
                  className="flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
                >
                  {choice.icon}
                  <span className="min-w-0 grow truncate">{choice.label}</span>
                  {choice.detail ? <span className="text-muted text-sm">{choice.detail}</span> : null}
                  <Base.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent-text!" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
