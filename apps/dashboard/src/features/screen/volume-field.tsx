import type { DeviceView } from "@vitrine/core/model/device";
import { Segments } from "@vitrine/ui/segments";
import { Slider } from "@vitrine/ui/slider";
import { Volume2, VolumeX } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Told } from "./told.tsx";

const AT_FIRST = 50;
type Volume = { volumePercent: number | null };

/** How loud a screen is: as its player was set up, or a loudness of its own. */
export function VolumeField({
  device,
  mayEdit,
  onChange,
}: {
  device: DeviceView;
  mayEdit: boolean;
  onChange: (next: Volume, former: Volume) => void;
}) {
  const t = useTranslations("screenSettings");
  const { volumePercent: percent } = device;
  const [moving, setMoving] = useState<number | null>(null);
  const say = (value: number) => t("volumeIs", { percent: String(value) });
  const save = (next: number | null) => {
    setMoving(null);
    if (next !== percent) onChange({ volumePercent: next }, { volumePercent: percent });
  };
  if (!mayEdit) {
    return <Told name={t("volume")}>{percent === null ? t("volumeAsPlayer") : say(percent)}</Told>;
  }
  const shown = moving ?? percent;
  const Icon = shown === 0 ? VolumeX : Volume2;
  return (
    <div className="grid gap-3">
      <Segments
        label={t("volume")}
        value={percent === null ? "player" : "here"}
        onChange={(choice) => save(choice === "player" ? null : AT_FIRST)}
        className="justify-self-start"
        options={[
          { value: "player", label: t("volumeAsPlayer") },
          { value: "here", label: t("volumeHere") },
        ]}
      />
      {shown !== null && percent !== null ? (
        <div className="grid grid-cols-[auto_minmax(0,1fr)_4.5rem] items-center gap-3">
          <Icon aria-hidden className="size-4 text-muted" />
          <Slider
            value={shown}
            max={100}
            step={1}
            onChange={setMoving}
            onCommit={save}
            label={t("volume")}
            describe={say}
          />
          <span className="tabular text-end">{say(shown)}</span>
        </div>
      ) : null}
    </div>
  );
}
