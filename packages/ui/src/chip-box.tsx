import { CircleAlert, X } from "lucide-react";
import { type ComponentProps, type ReactNode, useRef, useState } from "react";
import { cn } from "./cn.ts";
import type { FieldControl } from "./field.tsx";
import { controlClass } from "./input.tsx";

type Props = {
  control: FieldControl;
  chips: readonly string[];
  /** Chips that cannot stay as they are; what is wrong with them stands beside the box. */
  wrong?: readonly string[];
  /** What ends a chip in what is typed or pasted. */
  separator: RegExp;
  /** Told of all that was typed or pasted, separators and all. */
  onAdd: (text: string) => void;
  onRemove: (chip: string) => void;
  removeLabel: (chip: string) => string;
  /** The list that `list` names, where there is one. */
  children?: ReactNode;
} & Pick<
  ComponentProps<"input">,
  "list" | "maxLength" | "inputMode" | "autoCapitalize" | "autoComplete" | "autoFocus" | "ref" | "className"
>;

/**
 * Words in a box: Enter, a separator or leaving the box adds what was typed, Backspace in the empty box takes the
 * last away.
 */
export function ChipBox({
  control,
  chips,
  wrong = [],
  separator,
  onAdd,
  onRemove,
  removeLabel,
  className,
  children,
  ...rest
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    if (text.trim() !== "") onAdd(text);
    setTyped("");
  };
  const remove = (chip: string) => {
    onRemove(chip);
    box.current?.querySelector("input")?.focus();
  };
  return (
    <div
      ref={box}
      className={cn(
        controlClass,
        "flex h-auto min-h-8 flex-wrap content-start items-center gap-1 p-1 focus-within:outline-2 focus-within:outline-accent-text has-aria-invalid:border-danger pointer-coarse:h-auto",
        className,
      )}
    >
      {chips.map((chip) => {
        const isWrong = wrong.includes(chip);
        return (
          <span
            key={chip}
            className={cn(
              "inline-flex h-6 max-w-full items-center rounded-sm bg-sunken ps-2 text-sm",
              isWrong && "bg-danger-soft text-danger",
            )}
          >
            {isWrong ? <CircleAlert aria-hidden className="me-1 size-3.5 shrink-0" /> : null}
            <span className="truncate">{chip}</span>
            <button
              type="button"
              aria-label={removeLabel(chip)}
              onClick={() => remove(chip)}
              className={cn(
                "grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:text-text",
                isWrong && "text-danger hover:text-danger",
              )}
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </span>
        );
      })}
      <input
        {...rest}
        {...control}
        value={typed}
        onChange={({ target }) => (separator.test(target.value) ? add(target.value) : setTyped(target.value))}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text");
          if (!separator.test(pasted)) return;
          event.preventDefault();
          add(typed + pasted);
        }}
        onBlur={() => add(typed)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && typed.trim() !== "") {
            event.preventDefault();
            add(typed);
          }
          const last = chips.at(-1);
          if (event.key === "Backspace" && typed === "" && last !== undefined) onRemove(last);
        }}
        className="h-6 min-w-24 grow bg-transparent px-1.5 outline-none"
      />
      {children}
    </div>
  );
}
