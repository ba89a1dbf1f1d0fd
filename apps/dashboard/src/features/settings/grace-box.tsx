import { MAX_GRACE_MS } from "@vitrine/core/model/organization";
import type { FieldControl } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import type { Ref } from "react";

/** The grace, typed in seconds. */
export function GraceBox({
  control,
  fieldRef,
  graceMs,
  typed,
  onType,
  onChange,
  onFault,
}: {
  control: FieldControl;
  fieldRef: Ref<HTMLInputElement>;
  graceMs: number;
  /** What was typed and not yet saved; null: nothing. */
  typed: string | null;
  onType: (typed: string | null) => void;
  onChange: (graceMs: number) => void;
  onFault: (fault: "graceUnreadable" | "graceTooLong") => void;
}) {
  return (
    <Input
      {...control}
      ref={fieldRef}
      value={typed ?? String(graceMs / 1000)}
      inputMode="decimal"
      autoComplete="off"
      className="tabular max-w-32"
      onChange={(event) => {
        const text = event.target.value;
        onType(text);
        const seconds = Number(text.trim().replace(",", "."));
        if (text.trim() === "" || !(seconds >= 0)) return onFault("graceUnreadable");
        const next = Math.round(seconds * 1000);
        if (next > MAX_GRACE_MS) return onFault("graceTooLong");
        onChange(next);
      }}
    />
  );
}
