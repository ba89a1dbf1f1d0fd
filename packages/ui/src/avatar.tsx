import { cn } from "./cn.ts";

/** The first letters of a name in a rounded square; the name itself stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={cn(
        "before:content-[attr(data-initials)] grid size-7 shrink-0 place-items-center rounded-md bg-accent-soft font-semibold text-accent-text text-xs uppercase",
        className,
      )}
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("");
}
