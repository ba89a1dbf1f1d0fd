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

/** One that stays pressed for as long as something is on. */
export function IconToggle({
  label,
  isOn,
  onChange,
  children,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
}) {
  return (
    <IconButton
      variant="secondary"
      label={label}
      aria-pressed={isOn}
      className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
      onClick={() => onChange(!isOn)}
    >
      {children}
    </IconButton>
  );
}
