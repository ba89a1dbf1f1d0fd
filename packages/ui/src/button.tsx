import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

const look = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors disabled:opacity-50 aria-disabled:opacity-50 pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:not-disabled:bg-accent-hover",
        secondary: "border border-control/50 bg-raised text-text hover:not-disabled:bg-hover",
        ghost: "text-text hover:not-disabled:bg-hover",
        danger: "bg-danger-solid text-white hover:not-disabled:bg-danger-hover",
        link: "h-auto! min-h-0! px-0! text-accent-text underline-offset-4 hover:underline",
      },
      size: { sm: "h-7 px-2.5 text-sm", md: "h-8 px-3", lg: "h-10 px-4" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type Look = VariantProps<typeof look>;

/** Classes of a button, for links that look like one. */
export function buttonClass(variant?: Look["variant"], size?: Look["size"], className?: string): string {
  return cn(look({ variant, size }), className);
}

export type ButtonProps = ComponentProps<"button"> & Look & { isBusy?: boolean };

/** A button. While busy it keeps its width and focus, shows a spinner and takes no second press. */
export function Button({
  variant,
  size,
  isBusy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(variant, size, className)}
    >
      {isBusy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {children}
    </button>
  );
}
