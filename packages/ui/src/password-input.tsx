import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { cn } from "./cn.ts";
import { Input } from "./input.tsx";

type Props = Omit<ComponentProps<"input">, "type"> & { showLabel: string; hideLabel: string };

/** A password that can be made readable while it is typed. */
export function PasswordInput({ showLabel, hideLabel, className, ...rest }: Props) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        {...rest}
        type={isShown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        className={cn("pe-9", className)}
      />
      <button
        type="button"
        aria-label={isShown ? hideLabel : showLabel}
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-0 end-0 grid w-9 place-items-center rounded-md text-muted hover:text-text [&_svg]:size-4"
      >
        {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </button>
    </div>
  );
}
