import { brandColor } from "@vitrine/core/model/organization";
import { Button } from "@vitrine/ui/button";
import { Field } from "@vitrine/ui/field";
import { Input } from "@vitrine/ui/input";
import { Check, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { contrastOf, LEAST_CONTRAST } from "../../lib/contrast.ts";

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

function Readable({ color }: { color: string }) {
  const t = useTranslations("brand");
  const format = useFormatter();
  return (
    <ul aria-live="polite" className="grid gap-1 text-sm">
      {(["white", "black"] as const).map((text) => {
        const contrast = contrastOf(color, text === "white" ? "#ffffff" : "#000000");
        const isEnough = contrast >= LEAST_CONTRAST;
        const Icon = isEnough ? Check : TriangleAlert;
        return (
          <li key={text} className="flex items-start gap-1.5">
            <Icon
              aria-hidden
              className={isEnough ? "mt-0.5 size-3.5 text-success" : "mt-0.5 size-3.5 text-warning"}
            />
            {t(isEnough ? "readable" : "unreadable", {
              text: t(text),
              // Rounded down: what is said to be enough is.
              contrast: format.number(Math.floor(contrast * 10) / 10, { minimumFractionDigits: 1 }),
            })}
          </li>
        );
      })}
    </ul>
  );
}
