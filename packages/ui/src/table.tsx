import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** A table of data with thin lines and tabular figures. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table {...rest} className={cn("tabular w-full border-collapse text-start", className)} />;
}

/** The name of a column. */
export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn("h-8 whitespace-nowrap px-3 text-start font-medium text-muted text-sm", className)}
    />
  );
}

/** One line, marked on hover and while chosen. */
export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={cn("border-t hover:bg-hover aria-selected:bg-accent-soft", className)} />;
}

/** One value. */
export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={cn("h-12 px-3", className)} />;
}
