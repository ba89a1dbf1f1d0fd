import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** Classes shared by everything that is typed into. */
export const controlClass =
  "h-8 w-full min-w-0 rounded-md border border-control bg-raised px-2.5 text-text outline-offset-0 transition-colors hover:border-text/60 focus-visible:border-accent-text disabled:opacity-60 aria-invalid:border-danger pointer-coarse:h-10 pointer-coarse:text-lg";

/** A line of text. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cn(controlClass, className)} />;
}

/** Some lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={3}
      {...rest}
      className={cn(
        controlClass,
        "field-sizing-content h-auto min-h-20 py-1.5 pointer-coarse:h-auto",
        className,
      )}
    />
  );
}
