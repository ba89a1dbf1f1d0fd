import { FITS, type Fit } from "@vitrine/core/model/asset";
import { Segments } from "@vitrine/ui/segments";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { FieldGroup } from "../../lib/field-group.tsx";

/** How a picture fills its place, each way drawn and named. */
export function FitField({ fit, onChange }: { fit: Fit; onChange: (fit: Fit) => void }) {
  const t = useTranslations("content");
  const hintId = useId();
  return (
    <FieldGroup title={t("fit")}>
      {() => (
        <>
          <Segments
            label={t("fit")}
            value={fit}
            onChange={onChange}
            describedBy={hintId}
            className="justify-self-start"
            options={FITS.map((value) => ({
              value,
              label: (
                <>
                  <Drawing fit={value} />
                  {t(`fits.${value}`)}
                </>
              ),
            }))}
          />
          <p id={hintId} className="text-muted text-sm">
            {t(`fitHints.${fit}`)}
          </p>
        </>
      )}
    </FieldGroup>
  );
}

/** A picture of a circle on a place that is wider than it. */
const CIRCLES: Record<Fit, { rx: number; ry: number }> = {
  contain: { rx: 4, ry: 4 },
  cover: { rx: 7, ry: 7 },
  fill: { rx: 7, ry: 4 },
};

function Drawing({ fit }: { fit: Fit }) {
  const clipId = useId();
  return (
    <svg
      viewBox="0 0 20 14"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      className="w-auto!"
    >
      <clipPath id={clipId}>
        <rect x={1} y={1} width={18} height={12} rx={1.5} />
      </clipPath>
      <ellipse
        cx={10}
        cy={7}
        {...CIRCLES[fit]}
        clipPath={`url(#${clipId})`}
        fill="currentColor"
        stroke="none"
      />
      <rect x={1} y={1} width={18} height={12} rx={1.5} />
    </svg>
  );
}
