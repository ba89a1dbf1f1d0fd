import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn.ts";

const itemClass =
  "flex min-h-8 w-full cursor-default select-none items-center gap-2.5 rounded-md px-2 outline-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

/** A menu that its trigger opens. */
export function Menu({
  trigger,
  align = "end",
  side = "bottom",
  isOpenAtFirst = false,
  children,
}: {
  trigger: ReactElement;
  isOpenAtFirst?: boolean;
  align?: "start" | "end";
  side?: "top" | "bottom" | "inline-end";
  children: ReactNode;
}) {
  return (
    <Base.Root modal={false} defaultOpen={isOpenAtFirst}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-48 max-w-80 overflow-y-auto rounded-lg border bg-raised p-1 shadow-lift outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** One thing to do; dangerous ones are coloured and come last. */
export function MenuItem({
  icon,
  children,
  onSelect,
  isDangerous = false,
  isDisabled = false,
}: {
  icon?: ReactNode;
  children: ReactNode;
  onSelect: () => void;
  isDangerous?: boolean;
  isDisabled?: boolean;
}) {
  return (
    <Base.Item
      disabled={isDisabled}
      onClick={onSelect}
      className={cn(itemClass, isDangerous && "text-danger [&_svg]:text-danger")}
    >
      {icon}
      <span className="min-w-0 grow truncate">{children}</span>
    </Base.Item>
  );
}

/** One link of a menu; `render` is the router's link. */
export function MenuLink({
  icon,
  children,
  render,
}: {
  icon?: ReactNode;
  children: ReactNode;
  render: ReactElement;
}) {
  return (
    <Base.LinkItem render={render} className={itemClass} closeOnClick>
      {icon}
      <span className="min-w-0 grow truncate">{children}</span>
    </Base.LinkItem>
  );
}

/** One of several, of which exactly one is chosen. */
export function MenuChoices<Value extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: ReactNode;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode }[];
}) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-2 pb-1 text-muted text-xs">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={itemClass} closeOnClick>
            {option.icon}
            <span className="min-w-0 grow truncate">{option.label}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden className="text-accent-text!" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

/** A tick in a menu that stays open while ticking. */
export function MenuCheck({
  isChecked,
  onChange,
  children,
}: {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Base.CheckboxItem checked={isChecked} onCheckedChange={onChange} className={itemClass}>
      <span className="grid size-4 place-items-center rounded-sm border border-control">
        <Base.CheckboxItemIndicator>
          <Check aria-hidden className="size-3! text-accent-text!" />
        </Base.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 grow truncate">{children}</span>
    </Base.CheckboxItem>
  );
}

/** A thin line between groups. */
export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-border" />;
}

/** Text at the top of a menu that is not a choice. */
export function MenuHeader({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1.5">{children}</div>;
}
