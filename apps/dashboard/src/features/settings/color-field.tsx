import { contrastOf, LEAST_CONTRAST } from "@vitrine/core/model/brand-colours";
import { brandColor } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Check, Minus } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";

const START = "#4f46e5";

/** The organization's colour, picked or typed, with how white and black text are read on it. */
export function ColorField({
  color,
  error,
  onChange,
}: {
  /** As typed; null: none. */
  color: string | null;
  error: string | undefined;
  onChange: (color: string | null) => void;
}) {
  const t = useTranslations("brand");
  const read = brandColor.safeParse(color ?? "");
  return (
    <Field label={t("color")} hint={t("colorHint")} error={error}>
      {(control) => (
        <div className="grid gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <input
              type="color"
              aria-label={t("pickColor")}
              value={read.success ? read.data : START}
              onChange={(event) => onChange(event.target.value)}
              className="h-8 w-11 cursor-pointer rounded-md border border-control bg-raised p-0.5 disabled:opacity-60 pointer-coarse:h-10"
            />
            <Input
              {...control}
              value={color ?? ""}
              placeholder={t("noColor")}
              autoComplete="off"
              spellCheck={false}
              className="tabular max-w-32"
              onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
            />
            {color === null ? null : <Button onClick={() => onChange(null)}>{t("clearColor")}</Button>}
          </div>
          {read.success ? <Readable color={read.data} /> : null}
        </div>
      )}
    </Field>
  );
}

/** Screens write in the text that is read better; the other is told so that the choice is understood. */
function Readable({ color }: { color: string }) {
  const t = useTranslations("brand");
  const format = useFormatter();
  const [best, other] = (["white", "black"] as const)
    .map((text) => ({ text, contrast: contrastOf(color, text === "white" ? "#ffffff" : "#000000") }))
    .sort((one, two) => two.contrast - one.contrast);
  if (!best || !other) return null;
  const said = ({ text, contrast }: typeof best) => ({
    text: t(text),
    // Rounded down: what is said to be enough is.
    contrast: format.number(Math.floor(contrast * 10) / 10, { minimumFractionDigits: 1 }),
  });
  return (
    <ul aria-live="polite" className="grid gap-1 text-sm">
      <li className="flex items-start gap-1.5">
        <Check aria-hidden className="mt-0.5 size-3.5 shrink-0 text-success" />
        {t("used", said(best))}
      </li>
      <li className="flex items-start gap-1.5 text-muted">
        <Minus aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        {t(other.contrast >= LEAST_CONTRAST ? "readable" : "unreadable", said(other))}
      </li>
    </ul>
  );
}
