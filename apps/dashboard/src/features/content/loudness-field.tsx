import { Slider } from "@vitrine/ui/slider";
import { Volume2, VolumeX } from "lucide-react";
import { useTranslations } from "use-intl";
import { FieldGroup } from "../../lib/field-group.tsx";

/** How loud it plays, in percent of the screen's own loudness. */
export function LoudnessField({
  loudness,
  onChange,
}: {
  loudness: number;
  onChange: (loudness: number) => void;
}) {
  const t = useTranslations("content");
  const words = (percent: number) => t("loudnessOf", { percent });
  const Icon = loudness === 0 ? VolumeX : Volume2;
  return (
    <FieldGroup title={t("loudness")}>
      {() => (
        <>
          <div className="flex items-center gap-3">
            <Icon aria-hidden className="size-4 shrink-0 text-muted" />
            <Slider
              value={loudness}
              max={100}
              step={5}
              onChange={onChange}
              label={t("loudness")}
              describe={words}
            />
            <output className="tabular w-14 shrink-0 text-end">{words(loudness)}</output>
          </div>
          <p className="text-muted text-sm">{t("loudnessHint")}</p>
        </>
      )}
    </FieldGroup>
  );
}
