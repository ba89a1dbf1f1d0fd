import { Switch as Base } from "@base-ui/react/switch";

/** On or off, taking effect at once. */
export function Switch({
  isOn,
  onChange,
  label,
  id,
  isDisabled = false,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  /** The accessible name; leave out only where a visible label with the id `<id>-label` is bound by `id`. */
  label?: string;
  id?: string;
  isDisabled?: boolean;
}) {
  return (
    <Base.Root
      {...(id ? { id } : {})}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
      aria-label={label}
      {...(id && !label ? { "aria-labelledby": `${id}-label` } : {})}
      className="relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-control bg-sunken p-px transition-colors after:absolute after:-inset-1.5 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
    >
      <Base.Thumb className="size-4 rounded-full bg-control transition-transform data-checked:translate-x-4 data-checked:bg-on-accent rtl:data-checked:-translate-x-4" />
    </Base.Root>
  );
}
