import { Segments } from "@vitrine/ui/segments";
import { Select } from "@vitrine/ui/select";
import { Blend, Scissors } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

/** Lengths that are offered, ms. */
const LENGTHS = [250, 500, 1000, 1500, 2000, 3000, 5000] as const;
const USUAL_MS = 1000;

/** How one item of a playlist gives way to the next: at once, or by a fade of some length. */
export function FadeChoice({ fadeMs, onChange }: { fadeMs: number; onChange: (fadeMs: number) => void }) {
  const t = useTranslations("playlist.fade");
  const [lastMs, setLastMs] = useState(fadeMs || USUAL_MS);
  const lengths = [...new Set<number>([...LENGTHS, fadeMs || USUAL_MS])].sort((one, other) => one - other);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segments
        label={t("label")}
        value={fadeMs === 0 ? "cut" : "fade"}
        onChange={(next) => onChange(next === "cut" ? 0 : lastMs)}
        options={[
          {
            value: "cut",
            label: (
              <>
                <Scissors aria-hidden />
                {t("cut")}
              </>
            ),
          },
          {
            value: "fade",
            label: (
              <>
                <Blend aria-hidden />
                {t("fade")}
              </>
            ),
          },
        ]}
      />
      {fadeMs === 0 ? null : (
        <Select
          label={t("length")}
          className="w-auto min-w-20"
          value={String(fadeMs)}
          onChange={(next) => {
            setLastMs(Number(next));
            onChange(Number(next));
          }}
          options={lengths.map((ms) => ({ value: String(ms), label: t("seconds", { seconds: ms / 1000 }) }))}
        />
      )}
    </div>
  );
}
