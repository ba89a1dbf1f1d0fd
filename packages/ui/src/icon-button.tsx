import type { ComponentProps, ReactNode } from "react";
import { buttonClass } from "./button.tsx";

type Props = Omit<ComponentProps<"button">, "aria-label"> & {
  label: string;
  variant?: "secondary" | "ghost" | "primary";
  size?: "sm" | "md";
  children: ReactNode;
};

/** A square button that shows an icon; its label is its name and its tooltip. */
export function IconButton({ label, variant = "ghost", size = "md", className, children, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      {...rest}
      className={buttonClass(
        variant,
        size,
        `${size === "sm" ? "size-7" : "size-8"} px-0 pointer-coarse:min-w-10 ${className ?? ""}`,
      )}
    >
      {children}
    </button>
  );
}
