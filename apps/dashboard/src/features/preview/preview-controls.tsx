import { IconButton } from "@vitrine/ui/icon-button";
import { Slider } from "@vitrine/ui/slider";
import { Pause, Play } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** Play, pause, and where in time. */
export function PreviewControls({
  isRunning,
  onToggle,
  value,
  max,
  step,
  onSeek,
  describe,
  children,
}: {
  isRunning: boolean;
  onToggle: () => void;
  value: number;
  max: number;
  step: number;
  onSeek: (value: number) => void;
  describe: (value: number) => string;
  children?: ReactNode;
}) {
  const t = useTranslations("preview");
  return (
    <div className="flex items-center gap-3">
      <IconButton variant="secondary" label={isRunning ? t("pause") : t("play")} onClick={onToggle}>
        {isRunning ? <Pause aria-hidden /> : <Play aria-hidden />}
      </IconButton>
      <Slider
        value={Math.min(value, max)}
        max={max}
        step={step}
        onChange={onSeek}
        label={t("time")}
        describe={describe}
      />
      {children}
    </div>
  );
}
