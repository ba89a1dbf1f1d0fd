import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown } from "lucide-react";
import type { FieldControl } from "./field.tsx";
import { controlClass } from "./input.tsx";

/** One choice of a long list, found by typing. Values are shown as they are. */
export function Combobox({
  options,
  value,
  onChange,
  control,
  emptyText,
  openLabel,
}: {
  options: readonly string[];
  value: string;
  onChange: (value: string) => void;
  control: FieldControl;
  emptyText: string;
  openLabel: string;
}) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => (next === null ? undefined : onChange(next))}
      limit={80}
    >
      <Base.InputGroup className="relative">
        <Base.Input {...control} className={`${controlClass} pe-8`} />
        <Base.Trigger
          aria-label={openLabel}
          className="absolute inset-y-0 end-0 grid w-8 place-items-center text-muted"
        >
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="w-(--anchor-width) rounded-lg border bg-raised shadow-lift transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.Empty>
              <p className="p-3 text-muted">{emptyText}</p>
            </Base.Empty>
            <Base.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto p-1 outline-none data-empty:p-0">
              {(item: string) => (
                <Base.Item
                  key={item}
                  value={item}
                  className="grid min-h-8 cursor-default grid-cols-[1fr_auto] items-center gap-2 rounded-md px-2 outline-none data-highlighted:bg-hover"
                >
                  <span className="truncate">{item}</span>
                  <Base.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent-text" />
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
