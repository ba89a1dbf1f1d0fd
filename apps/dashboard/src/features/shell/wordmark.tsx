/** The product's sign and name. */
export function Wordmark({ isFolded = false }: { isFolded?: boolean }) {
  return (
    <span className="flex items-center gap-2.5">
      <svg viewBox="0 0 32 32" className="size-6 shrink-0" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <rect
          x="6"
          y="8"
          width="20"
          height="13"
          rx="2.5"
          fill="none"
          className="stroke-on-accent"
          strokeWidth="2.4"
        />
        <path d="M13.5 11.6v5.8l5-2.9z" className="fill-on-accent" />
        <path d="M11 25h10" className="stroke-on-accent" strokeWidth="2.4" strokeLinecap="round" />
      </svg>
      {isFolded ? null : <span className="font-semibold text-lg tracking-tight">Vitrine</span>}
    </span>
  );
}
